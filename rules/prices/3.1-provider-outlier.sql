/*---
code: "3.1"
kind: potential
state: on
title:
  kk: "Бір пациентке шаққандағы қызмет саны басқа өнім берушілерден едәуір көп"
  ru: "Число услуг на одного пациента значительно выше, чем у других поставщиков"
  en: "Far more services per patient than at other providers"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.1]
look_back: 0
reach: fund
statistical: true
evidence:
  kk: "{service_code}: өнім берушіде {persons} пациентке {lines} қызмет, басқаларда {other_persons} пациентке {other_lines}; бұл пациенттің {place}-қызметі"
  ru: "{service_code}: у поставщика на {persons} пациентов услуг: {lines}, у остальных на {other_persons} – {other_lines}; это {place}-я услуга пациента"
  en: "{service_code}: {lines} services for {persons} patients here, {other_lines} for {other_persons} elsewhere; this is number {place} of the patient"
reason:
  kk: "{service_code}: {persons} пациентке {lines} қызмет ұсынылған, бұл басқа өнім берушілердегіден едәуір көп"
  ru: "{service_code}: на {persons} пациентов предъявлено услуг: {lines}; это значительно больше, чем у других поставщиков"
  en: "{service_code}: {lines} services for {persons} patients, far more than at other providers"
honest_reasons:
  kk:
    - "Ауыр пациенттерге мамандандырылған ұйым"
    - "Қайталануы табиғи қызмет"
    - "Саны аз: айырма кездейсоқ"
    - "Қызметті елде бірнеше ұйым ғана көрсетеді"
  ru:
    - "Организация специализируется на тяжёлых пациентах"
    - "Повторение услуги естественно"
    - "Малые числа: случайное различие"
    - "Услугу в стране оказывают лишь несколько организаций"
  en:
    - "The organisation specialises in grave patients"
    - "Repetition of the service is natural"
    - "Small numbers: difference by chance"
    - "Only a few organisations give the service"
---*/
WITH bounds AS (
    SELECT MAX(CASE WHEN b.name = 'outlier_percent' THEN b.value END) AS percent,
           MAX(CASE WHEN b.name = 'outlier_lines' THEN b.value END) AS min_lines,
           MAX(CASE WHEN b.name = 'outlier_providers' THEN b.value END) AS min_providers
    FROM list_rule_bounds AS b
), person_use AS (
    SELECT k.month, k.service_code, k.provider_id, k.person_id, COUNT(*) AS lines
    FROM repeated_service AS k
    WHERE k.care_form IN ('phc', 'specialist', 'train')
      AND k.medicine_code IS NULL
    GROUP BY k.month, k.service_code, k.provider_id, k.person_id
), repeats AS (
    SELECT t.month, t.service_code, t.provider_id, CAST(SUM(t.lines - 1) AS BIGINT) AS lines
    FROM person_use AS t
    GROUP BY t.month, t.service_code, t.provider_id
), all_lines AS (
    SELECT a.month, a.service_code, a.provider_id, CAST(SUM(a.lines) AS BIGINT) AS lines
    FROM provider_service AS a
    WHERE a.care_form IN ('phc', 'specialist', 'train')
    GROUP BY a.month, a.service_code, a.provider_id
), provider_use AS (
    SELECT a.month, a.service_code, a.provider_id, a.lines, a.lines - COALESCE(r.lines, 0) AS persons
    FROM all_lines AS a
    LEFT JOIN repeats AS r ON r.month = a.month AND r.service_code = a.service_code AND r.provider_id = a.provider_id
), country_use AS (
    SELECT u.month, u.service_code, CAST(SUM(u.lines) AS BIGINT) AS lines, CAST(SUM(u.persons) AS BIGINT) AS persons, COUNT(*) AS providers
    FROM provider_use AS u
    GROUP BY u.month, u.service_code
), outliers AS (
    SELECT u.month, u.service_code, u.provider_id, u.lines, u.persons,
           c.lines - u.lines AS other_lines, c.persons - u.persons AS other_persons, b.percent
    FROM provider_use AS u
    JOIN country_use AS c ON c.month = u.month AND c.service_code = u.service_code
    CROSS JOIN bounds AS b
    LEFT JOIN list_repeatable_services AS r
           ON r.service_code = u.service_code AND u.month BETWEEN r.from_day AND r.to_day
    WHERE r.service_code IS NULL
      AND u.lines >= b.min_lines
      AND c.providers > b.min_providers
      AND u.lines * (c.persons - u.persons) * CAST(100 AS BIGINT) > (c.lines - u.lines) * u.persons * b.percent
), placed AS (
    SELECT k.service_id, k.person_id, o.service_code, o.lines, o.persons, o.other_lines, o.other_persons, o.percent,
           ROW_NUMBER() OVER (PARTITION BY o.provider_id, o.service_code, o.month, k.person_id ORDER BY k.started_on, k.service_id) AS place
    FROM outliers AS o
    JOIN known_service AS k
      ON k.provider_id = o.provider_id AND k.service_code = o.service_code AND k.month = o.month
    WHERE k.care_form IN ('phc', 'specialist', 'train')
      AND k.medicine_code IS NULL
)
SELECT p.service_id, p.person_id, p.service_code, p.lines, p.persons, p.other_lines, p.other_persons, p.place
FROM placed AS p
JOIN monitored_service AS s ON s.service_id = p.service_id AND s.person_id = p.person_id
WHERE p.place * p.other_persons * CAST(100 AS BIGINT) > p.other_lines * p.percent
