/*---
code: "3.1"
kind: potential
state: on
title:
  kk: "Кешенді қызметпен бірге оның құрамындағы қызмет ұсынылған"
  ru: "Вместе с комплексной услугой предъявлена услуга, входящая в её состав"
  en: "A service billed beside another that contains it"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.1]
look_back: 0
reach: person
statistical: false
evidence:
  kk: "{started_on} күнгі {service_code} қызметі {containing_code} қызметінің құрамында көрсетілген ({containing_line} жолы)"
  ru: "{started_on} услуга {service_code} уже входит в услугу {containing_code} (строка {containing_line})"
  en: "On {started_on} service {service_code} is contained in {containing_code} (line {containing_line})"
honest_reasons:
  kk:
    - "Қызметтер күннің әр уақытында көрсетілген"
    - "Қызметтер әр күні көрсетілген"
    - "Шұғыл жағдайда қайталанған"
  ru:
    - "Услуги оказаны в разное время дня"
    - "Услуги оказаны в разные дни"
    - "Услуга повторена в экстренном случае"
  en:
    - "The services were given at different hours of the day"
    - "The services were given on different days"
    - "Repeated in an emergency"
---*/
WITH containing AS (
    SELECT k.service_id, k.line_id, k.person_id, k.provider_id, k.started_on, k.started_minute, k.service_code, x.included_code
    FROM list_exclusive_pairs AS x
    JOIN known_service AS k
      ON k.service_code = x.service_code AND k.started_on BETWEEN x.from_day AND x.to_day
    WHERE k.care_form IN ('phc', 'specialist', 'train', 'rural')
      AND k.newborn = FALSE
), included AS (
    SELECT s.service_id, s.person_id, s.provider_id, s.started_on, s.started_minute, s.service_code
    FROM monitored_service AS s
    WHERE s.service_code IN (SELECT x.included_code FROM list_exclusive_pairs AS x)
      AND s.care_form IN ('phc', 'specialist', 'train', 'rural')
      AND s.newborn = FALSE
      AND COALESCE(s.urgency, 'planned') <> 'emergency'
), pairs AS (
    SELECT s.service_id, s.person_id, s.started_on, s.service_code, k.service_code AS containing_code, k.line_id AS containing_line,
           ROW_NUMBER() OVER (PARTITION BY s.service_id ORDER BY k.service_id) AS place
    FROM containing AS k
    JOIN included AS s
      ON s.person_id = k.person_id AND s.provider_id = k.provider_id AND s.started_on = k.started_on AND s.service_code = k.included_code
    WHERE COALESCE(s.started_minute, k.started_minute, 0) = COALESCE(k.started_minute, s.started_minute, 0)
)
SELECT p.service_id, p.person_id, p.started_on, p.service_code, p.containing_code, p.containing_line
FROM pairs AS p
WHERE p.place = 1
