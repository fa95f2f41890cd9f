/*---
code: "1.0"
kind: potential
state: on
title:
  kk: "МӘМС бойынша қызмет сақтандырылмаған адамға көрсетілген"
  ru: "Услуга по ОСМС оказана незастрахованному"
  en: "An insurance service to a person who is not insured"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.1.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on} күні пациент МӘМС жүйесінде сақтандырылмаған"
  ru: "На {started_on} пациент не застрахован в системе ОСМС"
  en: "On {started_on} the patient was not insured"
honest_reasons:
  kk:
    - "Шұғыл көмек сақтандыруға қарамай көрсетіледі"
    - "Анасының ЖСН-імен емделген нәресте: бала үшін мемлекет төлейді"
    - "Жарналар кейін төленіп, мәртебе кері күнмен қалпына келтірілген"
    - "Түскен күні сақтандырылған, мәртебесін емдеу кезінде жоғалтқан"
    - "Қызмет ТМККК пакетінде көрсетілген"
  ru:
    - "Экстренная помощь оказывается независимо от страхования"
    - "Новорождённый под ИИН матери: за ребёнка платит государство"
    - "Взносы уплачены позже, статус восстановлен задним числом"
    - "В день поступления застрахован, статус утрачен во время лечения"
    - "Услуга оказана в пакете ГОБМП"
  en:
    - "Emergency care is given whatever the insurance"
    - "A newborn under the mother's number: the state pays for the child"
    - "Contributions were paid later and the status was restored for the past"
    - "Insured on the day of admission, the status was lost during treatment"
    - "The service belongs to the guaranteed package"
---*/
SELECT s.service_id, s.person_id, s.started_on
FROM monitored_service AS s
WHERE s.insured = FALSE
  AND s.package = 'mams'
  AND COALESCE(s.urgency, 'planned') <> 'emergency'
  AND s.care_form <> 'ambulance'
  AND NOT s.newborn
