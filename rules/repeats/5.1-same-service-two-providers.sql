/*---
code: "5.1"
kind: potential
state: on
title:
  kk: "Бір күнгі бір қызметті екі өнім беруші төлемге ұсынған"
  ru: "Одна услуга за один день предъявлена двумя поставщиками"
  en: "One service of one day billed by two providers"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.1]
look_back: 0
reach: person
statistical: false
evidence:
  kk: "{service_code} қызметін {started_on} күні басқа өнім беруші де (БСН {other_provider}) ұсынған ({other_line} жолы)"
  ru: "Услугу {service_code} за {started_on} предъявил и поставщик БИН {other_provider} (строка {other_line})"
  en: "Service {service_code} of {started_on} was billed by provider {other_provider} too (line {other_line})"
honest_reasons:
  kk:
    - "Шұғыл жағдайда талдау қайталанған"
    - "Бірінші үлгі жарамсыз болған, зерттеу қайта жасалған"
    - "Консультацияларды әр ұйымның дәрігерлері берген"
    - "Анасының ЖСН-імен тіркелген егіздерге көрсетілген қызмет"
  ru:
    - "Анализ повторён при экстренном обращении"
    - "Первый образец оказался негодным, исследование повторено"
    - "Консультации дали врачи разных организаций"
    - "Услуга оказана близнецам, записанным под ИИН матери"
  en:
    - "The test was repeated in an emergency"
    - "The first sample was spoiled and the test was done again"
    - "Consultations by doctors of different organisations"
    - "The service was given to twins recorded under their mother's number"
---*/
WITH shared AS (
    SELECT k.person_id, k.service_code, k.started_on, MIN(k.service_id) AS first_id
    FROM repeated_service AS k
    JOIN list_once_a_day AS o
      ON o.service_code = k.service_code AND k.started_on BETWEEN o.from_day AND o.to_day
    WHERE k.care_form IN ('phc', 'specialist', 'train', 'psychiatry', 'tuberculosis', 'hiv', 'pathology')
      AND k.newborn = FALSE
      AND COALESCE(k.urgency, 'planned') <> 'emergency'
    GROUP BY k.person_id, k.service_code, k.started_on, k.month
    HAVING MIN(k.provider_id) <> MAX(k.provider_id)
)
SELECT s.service_id, s.person_id, s.service_code, s.started_on,
       f.provider_id AS other_provider, f.line_id AS other_line
FROM shared AS h
JOIN repeated_service AS f ON f.service_id = h.first_id AND f.person_id = h.person_id
JOIN repeated_service AS s
  ON s.person_id = h.person_id AND s.service_code = h.service_code AND s.started_on = h.started_on AND s.month = f.month
JOIN monitored_service AS m ON m.service_id = s.service_id AND m.person_id = s.person_id
WHERE s.provider_id <> f.provider_id
  AND s.care_form IN ('phc', 'specialist', 'train', 'psychiatry', 'tuberculosis', 'hiv', 'pathology')
  AND s.newborn = FALSE
  AND COALESCE(s.urgency, 'planned') <> 'emergency'
