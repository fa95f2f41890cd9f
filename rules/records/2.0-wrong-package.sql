/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Қызмет басқа пакетке жатқызылған"
  ru: "Услуга отнесена не к тому пакету"
  en: "Service billed to the wrong package"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on} күні, диагноз {diagnosis}: {care_form} нысанындағы көмекті сақтандырылған адамға {paying_package} төлейді, жолда {package} көрсетілген"
  ru: "{started_on}, диагноз {diagnosis}: помощь в форме {care_form} застрахованному оплачивает {paying_package}, в строке указан пакет {package}"
  en: "{started_on}, diagnosis {diagnosis}: care of the form {care_form} of an insured person is paid by {paying_package}, the line says {package}"
honest_reasons:
  kk:
    - "Уақытша келген шетелдікке қауіпті дерттен басқа көмекті сақтандыру ғана төлейді"
    - "Аурулар тізбесі өзгерген, емдеу ескі тізбе қолданыста болғанда басталған"
    - "Негізгі диагноз емделген аурудан басқаша жазылған"
    - "Тізбенің мерзім шегі өткен: инфаркттан кейінгі алты ай, инсульттен кейінгі бір жыл"
  ru:
    - "Временно прибывшему иностранцу, кроме опасных болезней, платит только страхование"
    - "Перечень болезней изменился, лечение началось при прежнем"
    - "Основной диагноз записан не тот, с которым лечили"
    - "Прошёл срок перечня: шесть месяцев после инфаркта, год после инсульта"
  en:
    - "For a temporary foreigner insurance alone pays, but for dangerous diseases"
    - "The list of diseases changed and treatment began under the former one"
    - "The main diagnosis is not the disease that was treated"
    - "The limit of the list has passed: six months after a heart attack, a year after a stroke"
---*/
WITH told AS (
    SELECT s.service_id, s.person_id, s.started_on, s.diagnosis, s.care_form, s.package, s.urgency, c.care
    FROM monitored_service AS s
    JOIN list_package_care AS c
      ON c.care_form = s.care_form AND s.started_on BETWEEN c.from_day AND c.to_day
     AND (c.service_beginning IS NULL OR LEFT(s.service_code, LENGTH(c.service_beginning)) = c.service_beginning)
    WHERE s.insured = TRUE
      AND s.urgency IS NOT NULL
      AND s.diagnosis IS NOT NULL
      AND s.medicine_code IS NULL
      AND NOT s.newborn
), guaranteed AS (
    SELECT DISTINCT t.service_id, t.person_id
    FROM told AS t
    JOIN list_package_diseases AS d
      ON d.care = t.care AND d.urgency = t.urgency AND t.started_on BETWEEN d.from_day AND d.to_day
     AND (d.first_code IS NULL OR LEFT(t.diagnosis, LENGTH(d.first_code)) BETWEEN d.first_code AND d.last_code)
), judged AS (
    SELECT t.service_id, t.person_id, t.started_on, t.diagnosis, t.care_form, t.package,
           CASE WHEN g.service_id IS NULL THEN 'mams' ELSE 'tmkkk' END AS paying_package
    FROM told AS t
    LEFT JOIN guaranteed AS g ON g.service_id = t.service_id AND g.person_id = t.person_id
)
SELECT j.service_id, j.person_id, j.started_on, j.diagnosis, j.care_form, j.package, j.paying_package
FROM judged AS j
WHERE j.package <> j.paying_package
