/*---
code: "3.3"
kind: potential
state: on
title:
  kk: "Клиникалық шығындық топ негізгі диагнозға сәйкес келмейді"
  ru: "Клинико-затратная группа не соответствует основному диагнозу"
  en: "The diagnosis-related group does not fit the main diagnosis"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.3]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{drg_code} КШТ {diagnosis} диагнозымен ұсынылған"
  ru: "КЗГ {drg_code} предъявлена с диагнозом {diagnosis}"
  en: "DRG {drg_code} was billed with diagnosis {diagnosis}"
honest_reasons:
  kk:
    - "Топ операция бойынша айқындалған"
    - "Диагноз нақтыланған, топ қосалқы диагнозбен түсіндіріледі"
    - "Топтар анықтамалығы ай ішінде өзгерген"
  ru:
    - "Группа определена по операции"
    - "Диагноз уточнён, группа объясняется сопутствующим диагнозом"
    - "Справочник групп изменился в течение месяца"
  en:
    - "The group is set by the operation"
    - "The diagnosis was made exact and the group follows from another diagnosis"
    - "The list of groups changed within the month"
---*/
SELECT s.service_id, s.person_id, s.drg_code, s.diagnosis
FROM monitored_service AS s
JOIN (SELECT DISTINCT d.drg_prefix, d.from_day, d.to_day FROM list_drg_diagnoses AS d) AS g
  ON s.drg_code LIKE g.drg_prefix || '%' AND s.ended_on BETWEEN g.from_day AND g.to_day
LEFT JOIN list_drg_diagnoses AS a
       ON a.drg_prefix = g.drg_prefix AND LEFT(s.diagnosis, 3) BETWEEN a.first_group AND a.last_group
      AND s.ended_on BETWEEN a.from_day AND a.to_day
WHERE s.care_form = 'drg'
  AND s.drg_code <> ''
  AND s.diagnosis <> ''
  AND s.operation_code IS NULL
  AND s.medicine_code IS NULL
  AND a.drg_prefix IS NULL
