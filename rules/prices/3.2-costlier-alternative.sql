/*---
code: "3.2"
kind: potential
state: on
title:
  kk: "Баламасы болған кезде барынша қымбат қызмет көрсетілген"
  ru: "Оказана более дорогостоящая услуга при наличии альтернативной"
  en: "A dearer service given where an alternative existed"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.2]
look_back: 93
reach: person
statistical: false
evidence:
  kk: "{diagnosis} диагнозымен {service_code} қызметі көрсетілген, одан бұрын арзан баламасы {cheaper_code} көрсетілмеген"
  ru: "При диагнозе {diagnosis} оказана услуга {service_code}, более дешёвая {cheaper_code} до неё не оказывалась"
  en: "With diagnosis {diagnosis} service {service_code} was given, the cheaper {cheaper_code} had not been done before"
honest_reasons:
  kk:
    - "Арзан зерттеу бұрын жасалып, нәтиже бермеген"
    - "Жолдама ауыр диагнозбен берілген"
    - "Шұғыл жағдай"
    - "Арзан зерттеуге қарсы көрсетілім бар"
  ru:
    - "Более дешёвое исследование уже сделано и ответа не дало"
    - "Направление выдано с более тяжёлым диагнозом"
    - "Экстренный случай"
    - "Более дешёвое исследование противопоказано"
  en:
    - "The cheaper examination had been done and gave no answer"
    - "The referral was given with a graver diagnosis"
    - "Emergency"
    - "The cheaper examination is not allowed for this patient"
---*/
WITH costly AS (
    SELECT s.service_id, s.person_id, s.service_code, s.diagnosis, s.started_on, c.cheaper_code, b.value AS days,
           ROW_NUMBER() OVER (PARTITION BY s.service_id ORDER BY c.cheaper_code) AS place
    FROM monitored_service AS s
    JOIN list_costlier_alternatives AS c
      ON c.costly_code = s.service_code AND c.diagnosis_group = LEFT(s.diagnosis, 3) AND s.started_on BETWEEN c.from_day AND c.to_day
    JOIN list_rule_bounds AS b
      ON b.name = 'alternative_days' AND s.started_on BETWEEN b.from_day AND b.to_day
    WHERE s.care_form IN ('phc', 'specialist', 'train', 'rural')
      AND COALESCE(s.urgency, 'planned') <> 'emergency'
      AND (COALESCE(s.diagnosis_referral, '') = '' OR LEFT(s.diagnosis_referral, 3) = c.diagnosis_group)
), tried AS (
    SELECT DISTINCT c.service_id, c.person_id
    FROM costly AS c
    JOIN known_service AS k ON k.person_id = c.person_id AND k.service_code = c.cheaper_code
    WHERE c.place = 1
      AND k.started_on <= c.started_on
      AND c.started_on - k.started_on <= c.days
)
SELECT c.service_id, c.person_id, c.service_code, c.diagnosis, c.cheaper_code
FROM costly AS c
LEFT JOIN tried AS t ON t.service_id = c.service_id AND t.person_id = c.person_id
WHERE c.place = 1
  AND t.service_id IS NULL
