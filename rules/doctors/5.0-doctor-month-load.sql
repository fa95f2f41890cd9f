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
WITH norm AS (
  SELECT c.service_code, c.doctor_minutes AS minutes, c.from_day, c.to_day
  FROM list_service_minutes AS c
  WHERE c.service_code IS NOT NULL
  UNION ALL
  SELECT x.service_code, g.doctor_minutes, g.from_day, g.to_day
  FROM (SELECT DISTINCT t.service_code FROM known_service AS t) AS x
  JOIN list_service_minutes AS g ON g.service_group = LEFT(x.service_code, 3)
  LEFT JOIN list_service_minutes AS c ON c.service_code = x.service_code
  WHERE c.service_code IS NULL
),
full_month AS (
  SELECT s.doctor_id, s.month, 0 AS is_case, COUNT(*) AS lines, CAST(SUM(CAST(s.quantity AS BIGINT) * LEAST(n.minutes, w.doctor_minutes)) AS BIGINT) AS month_load,
         MAX(COALESCE(p.minutes_month, d.minutes_month)) AS capacity
  FROM known_service AS s
  JOIN norm AS n
    ON n.service_code = s.service_code AND s.started_on BETWEEN n.from_day AND n.to_day
  LEFT JOIN list_setting_minutes AS w
    ON w.setting = s.setting AND s.started_on BETWEEN w.from_day AND w.to_day
  JOIN list_doctor_capacity AS d
    ON d.specialty = '*' AND s.started_on BETWEEN d.from_day AND d.to_day
  LEFT JOIN list_doctor_capacity AS p
    ON p.specialty = s.doctor_specialty AND s.started_on BETWEEN p.from_day AND p.to_day
  WHERE s.doctor_id IS NOT NULL
  GROUP BY s.doctor_id, s.month
  HAVING SUM(CAST(s.quantity AS BIGINT) * LEAST(n.minutes, w.doctor_minutes)) > MAX(COALESCE(p.minutes_month, d.minutes_month))
  UNION ALL
  SELECT s.doctor_id, s.month, 1, COUNT(*), COUNT(*), MAX(COALESCE(p.cases_month, d.cases_month))
  FROM known_service AS s
  JOIN list_care_forms AS f
    ON f.care_form = s.care_form AND f.stay AND NOT f.needs_bed_days AND s.started_on BETWEEN f.from_day AND f.to_day
  JOIN list_doctor_capacity AS d
    ON d.specialty = '*' AND s.started_on BETWEEN d.from_day AND d.to_day
  LEFT JOIN list_doctor_capacity AS p
    ON p.specialty = s.doctor_specialty AND s.started_on BETWEEN p.from_day AND p.to_day
  WHERE s.doctor_id IS NOT NULL
    AND COALESCE(s.service_code, '') = ''
    AND s.medicine_code IS NULL
  GROUP BY s.doctor_id, s.month
  HAVING COUNT(*) > MAX(COALESCE(p.cases_month, d.cases_month))
),
line AS (
  SELECT s.service_id, s.started_on, s.doctor_id, m.month, m.is_case, m.lines, m.month_load, m.capacity, CAST(s.quantity AS BIGINT) * LEAST(n.minutes, w.doctor_minutes) AS units
  FROM known_service AS s
  JOIN full_month AS m ON m.doctor_id = s.doctor_id AND m.month = s.month AND m.is_case = 0
  JOIN norm AS n
    ON n.service_code = s.service_code AND s.started_on BETWEEN n.from_day AND n.to_day
  LEFT JOIN list_setting_minutes AS w
    ON w.setting = s.setting AND s.started_on BETWEEN w.from_day AND w.to_day
  UNION ALL
  SELECT s.service_id, s.started_on, s.doctor_id, m.month, m.is_case, m.lines, m.month_load, m.capacity, 1
  FROM known_service AS s
  JOIN full_month AS m ON m.doctor_id = s.doctor_id AND m.month = s.month AND m.is_case = 1
  JOIN list_care_forms AS f
    ON f.care_form = s.care_form AND f.stay AND NOT f.needs_bed_days AND s.started_on BETWEEN f.from_day AND f.to_day
  WHERE COALESCE(s.service_code, '') = ''
    AND s.medicine_code IS NULL
),
queue AS (
  SELECT n.service_id, n.month, n.lines, n.month_load, n.capacity,
         SUM(n.units) OVER (PARTITION BY n.doctor_id, n.month, n.is_case
           ORDER BY n.started_on, n.service_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS units_so_far
  FROM line AS n
)
SELECT s.service_id, s.person_id, q.month, q.lines, q.month_load, q.capacity
FROM queue AS q
JOIN monitored_service AS s ON s.service_id = q.service_id
WHERE q.units_so_far > q.capacity
