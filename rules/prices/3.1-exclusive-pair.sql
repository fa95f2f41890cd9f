/*---
code: "3.1"
kind: potential
state: draft
title:
  kk: "Кешенді қызметпен бірге оның құрамындағы қызмет ұсынылған"
  ru: "Вместе с комплексной услугой предъявлена услуга, входящая в её состав"
  en: "A service billed beside another that contains it"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.1]
look_back: 0
statistical: false
evidence:
  kk: "{started_on} күні {service_code} қызметі {containing_code} құрамында көрсетілген ({containing_line} жолы)"
  ru: "{started_on} услуга {service_code} уже входит в {containing_code} (строка {containing_line})"
  en: "On {started_on} service {service_code} is contained in {containing_code} (line {containing_line})"
honest_reasons:
  kk:
    - "Қызметтер күннің әр уақытында көрсетілген"
    - "Қызметтер әр күні көрсетілген"
    - "Шұғыл жағдайда қайталанған"
  ru:
    - "Услуги оказаны в разное время дня"
    - "Услуги оказаны в разные дни"
    - "Повторена в экстренном случае"
  en:
    - "The services were given at different hours of the day"
    - "The services were given on different days"
    - "Repeated in an emergency"
---*/
WITH pairs AS (
    SELECT s.service_id, s.person_id, s.started_on, s.service_code, k.service_code AS containing_code, k.line_id AS containing_line,
           ROW_NUMBER() OVER (PARTITION BY s.service_id ORDER BY k.service_id) AS place
    FROM monitored_service AS s
    JOIN list_exclusive_pairs AS x
      ON x.included_code = s.service_code AND s.started_on BETWEEN x.from_day AND x.to_day
    JOIN known_service AS k
      ON k.person_id = s.person_id AND k.provider_id = s.provider_id AND k.started_on = s.started_on AND k.service_code = x.service_code
    WHERE s.care_form IN ('phc', 'specialist', 'train', 'rural') AND k.care_form IN ('phc', 'specialist', 'train', 'rural')
      AND s.newborn = FALSE AND k.newborn = FALSE
      AND COALESCE(s.urgency, 'planned') <> 'emergency'
      AND COALESCE(s.started_minute, k.started_minute, 0) = COALESCE(k.started_minute, s.started_minute, 0)
)
SELECT p.service_id, p.person_id, p.started_on, p.service_code, p.containing_code, p.containing_line
FROM pairs AS p
WHERE p.place = 1
