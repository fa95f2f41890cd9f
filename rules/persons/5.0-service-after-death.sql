/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Қызмет пациент қайтыс болған күннен кейін көрсетілген"
  ru: "Услуга оказана после дня смерти пациента"
  en: "Service rendered after the day of the patient's death"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Қызмет {started_on} күні көрсетілген, пациент {death_date} күні қайтыс болған ({days_after_death} күн өткен)"
  ru: "Услуга оказана {started_on}, пациент умер {death_date} (прошло дней: {days_after_death})"
  en: "Service on {started_on}, the patient died on {death_date} ({days_after_death} days before)"
honest_reasons:
  kk:
    - "Өлімді куәландыру немесе патологоанатомиялық зерттеу"
    - "Қызмет қайтыс болған күннің өзінде көрсетілген"
    - "Тірі кезінде алынған материал зертханада кейін зерттелген"
    - "Босану кезінде қайтыс болған ананың ЖСН-імен нәресте емделген"
    - "Тіркелім адамның екі нөмірін біріктірді: оқиға басқа адамға қатысты"
  ru:
    - "Констатация смерти или патологоанатомическое исследование"
    - "Услуга оказана в самый день смерти"
    - "Материал, взятый при жизни, исследован лабораторией позже"
    - "Под ИИН матери, умершей в родах, лечили новорождённого"
    - "Регистр объединил два номера: событие относится к другому человеку"
  en:
    - "Certification of death or an autopsy"
    - "The service was given on the day of death itself"
    - "Material taken in life was examined by the laboratory later"
    - "A newborn was treated under the number of its mother who died in childbirth"
    - "The register merged two numbers: the event belongs to another person"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.death_date, s.days_after_death
FROM monitored_service AS s
LEFT JOIN list_after_death_exempt AS e
  ON s.started_on BETWEEN e.from_day AND e.to_day
 AND (e.care_form IS NULL OR e.care_form = s.care_form)
 AND (e.service_prefix IS NULL OR s.service_code LIKE e.service_prefix || '%')
 AND (e.diagnosis_prefix IS NULL OR s.diagnosis LIKE e.diagnosis_prefix || '%')
 AND (e.max_days IS NULL OR s.days_after_death <= e.max_days)
WHERE s.days_after_death > 0
  AND NOT s.newborn
  AND e.from_day IS NULL
