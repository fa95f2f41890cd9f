/*---
code: "5.0"
kind: potential
state: draft
title:
  kk: "Дәрігердің айлық жүктемесі мүмкін шектен асады"
  ru: "Месячная нагрузка врача превышает возможную"
  en: "The doctor's load of the month exceeds what is possible"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
statistical: true
evidence:
  kk: "{month} айында дәрігерге {lines} қызмет немесе жағдай жазылған: жүктеме {month_load}, мүмкін болатыны {capacity} (қабылдау минуттары немесе емделген жағдайлар); бұл жазба шектен тыс"
  ru: "За месяц {month} врачу записано услуг или случаев: {lines}; нагрузка {month_load} при возможной {capacity} (минуты приёма или пролеченные случаи); эта запись лежит сверх предела"
  en: "In {month} the doctor is billed for {lines} services or cases: a load of {month_load} where {capacity} is possible (minutes of contacts or treated cases); this one lies beyond"
honest_reasons:
  kk:
    - "Топтық немесе жылжымалы қабылдаудың өз нормасы бар"
    - "Бөлімше меңгерушісі барлық жағдайға қол қояды"
    - "Кезекші немесе диализ дәрігерінің жағдайлары қысқа"
    - "Дәрігердің ЖСН-і қате жазылған"
  ru:
    - "У группового и выездного приёма своя норма"
    - "Заведующий подписывает все случаи отделения"
    - "У дежурного врача и врача диализа случаи короткие"
    - "ИИН врача записан с ошибкой"
  en:
    - "A group or mobile reception has its own norm"
    - "The head of a department signs all its cases"
    - "The cases of a doctor on duty or of dialysis are short"
    - "The doctor's number was written wrongly"
---*/
WITH contact AS (
  SELECT s.service_id, s.doctor_id, s.month, s.started_on, s.doctor_specialty,
         CAST(s.quantity AS BIGINT) * LEAST(COALESCE(c.doctor_minutes, g.doctor_minutes), w.doctor_minutes) AS minutes
  FROM known_service AS s
  LEFT JOIN list_service_minutes AS c
    ON c.service_code = s.service_code AND s.started_on BETWEEN c.from_day AND c.to_day
  LEFT JOIN list_service_minutes AS g
    ON g.service_group = LEFT(s.service_code, 3) AND s.started_on BETWEEN g.from_day AND g.to_day
  LEFT JOIN list_setting_minutes AS w
    ON w.setting = s.setting AND s.started_on BETWEEN w.from_day AND w.to_day
  WHERE s.doctor_id IS NOT NULL
    AND (c.service_code IS NOT NULL OR g.service_group IS NOT NULL)
),
line AS (
  SELECT n.service_id, n.doctor_id, n.month, n.started_on, n.doctor_specialty, 0 AS is_case, n.minutes AS units
  FROM contact AS n
  UNION ALL
  SELECT t.service_id, t.doctor_id, t.month, t.started_on, t.doctor_specialty, 1, 1
  FROM known_service AS t
  JOIN list_care_forms AS f
    ON f.care_form = t.care_form AND f.stay AND NOT f.needs_bed_days AND t.started_on BETWEEN f.from_day AND f.to_day
  WHERE t.doctor_id IS NOT NULL
    AND COALESCE(t.service_code, '') = ''
    AND t.medicine_code IS NULL
),
full_month AS (
  SELECT n.doctor_id, n.month, n.is_case, COUNT(*) AS lines, CAST(SUM(n.units) AS BIGINT) AS month_load,
         MAX(CASE WHEN n.is_case = 1 THEN COALESCE(p.cases_month, d.cases_month) ELSE COALESCE(p.minutes_month, d.minutes_month) END) AS capacity
  FROM line AS n
  JOIN list_doctor_capacity AS d
    ON d.specialty = '*' AND n.started_on BETWEEN d.from_day AND d.to_day
  LEFT JOIN list_doctor_capacity AS p
    ON p.specialty = n.doctor_specialty AND n.started_on BETWEEN p.from_day AND p.to_day
  GROUP BY n.doctor_id, n.month, n.is_case
  HAVING SUM(n.units) > MAX(CASE WHEN n.is_case = 1 THEN COALESCE(p.cases_month, d.cases_month) ELSE COALESCE(p.minutes_month, d.minutes_month) END)
),
queue AS (
  SELECT n.service_id, n.month, f.lines, f.month_load, f.capacity,
         SUM(n.units) OVER (PARTITION BY n.doctor_id, n.month, n.is_case
           ORDER BY n.started_on, n.service_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS units_so_far
  FROM line AS n
  JOIN full_month AS f ON f.doctor_id = n.doctor_id AND f.month = n.month AND f.is_case = n.is_case
)
SELECT s.service_id, s.person_id, q.month, q.lines, q.month_load, q.capacity
FROM queue AS q
JOIN monitored_service AS s ON s.service_id = q.service_id
WHERE q.units_so_far > q.capacity
