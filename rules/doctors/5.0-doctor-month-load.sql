/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Дәрігердің айлық жүктемесі мүмкін болатын шектен асады"
  ru: "Месячная нагрузка врача превышает возможную"
  en: "The doctor's load of the month exceeds what is possible"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: doctor
statistical: true
evidence:
  kk: "Айда дәрігерге {contacts} қызмет жазылған: {month_minutes} минут, мүмкін болатыны {capacity_minutes} минут; {started_on} күнгі бұл қызмет шектен тыс"
  ru: "За месяц врачу записано услуг: {contacts}, это {month_minutes} мин. при возможных {capacity_minutes}; эта услуга от {started_on} лежит сверх предела"
  en: "The doctor is billed for {contacts} services in the month: {month_minutes} minutes where {capacity_minutes} are possible; this one of {started_on} lies beyond"
reason:
  kk: "Айда дәрігерге жазылған қызметтер оның айлық жұмыс уақытына сыймайды; {started_on} күнгі бұл қызмет жұмыс уақытынан тыс қалған"
  ru: "Услуги, записанные врачу за месяц, не умещаются в его рабочее время; эта услуга от {started_on} лежит сверх него"
  en: "The services billed for the doctor in the month do not fit into the working time; this one of {started_on} lies beyond it"
honest_reasons:
  kk:
    - "Топтық немесе көшпелі қабылдаудың өз нормасы бар"
    - "Айлар қосылмайды: әр ай бөлек есептеледі"
    - "Бір ЖСН-мен бүкіл бөлімшенің жұмысы енгізілген"
    - "Дәрігердің ЖСН-і қате жазылған"
  ru:
    - "У группового и выездного приёма своя норма"
    - "Месяцы не складываются: каждый считается отдельно"
    - "Под одним ИИН введена работа всего отделения"
    - "ИИН врача записан с ошибкой"
  en:
    - "A group or mobile reception has its own norm"
    - "Months are not added: each counts by itself"
    - "The work of a whole department was entered under one number"
    - "The doctor's number was written wrongly"
---*/
WITH crowded_month AS (
  SELECT d.doctor_id, d.month
  FROM doctor_day AS d
  GROUP BY d.doctor_id, d.month
  HAVING SUM(d.quantity) * (SELECT MAX(k.doctor_minutes) FROM list_service_minutes AS k) > (SELECT MIN(k.minutes_month) FROM list_doctor_capacity AS k)
),
crowded AS (
  SELECT s.service_id, s.doctor_id, s.month, s.started_on, s.service_code, s.quantity, s.setting, s.doctor_specialty
  FROM known_service AS s
  JOIN crowded_month AS c ON c.doctor_id = s.doctor_id AND c.month = s.month
),
norm AS (
  SELECT c.service_code, c.doctor_minutes AS minutes, c.from_day, c.to_day
  FROM list_service_minutes AS c
  WHERE c.service_code IS NOT NULL
  UNION ALL
  SELECT x.service_code, g.doctor_minutes, g.from_day, g.to_day
  FROM (SELECT DISTINCT t.service_code FROM crowded AS t) AS x
  JOIN list_service_minutes AS g ON g.service_group = LEFT(x.service_code, 3)
  LEFT JOIN list_service_minutes AS c ON c.service_code = x.service_code
  WHERE c.service_code IS NULL
),
contact AS (
  SELECT s.service_id, s.doctor_id, s.month, s.started_on, s.doctor_specialty, CAST(s.quantity AS BIGINT) * LEAST(n.minutes, w.doctor_minutes) AS minutes
  FROM crowded AS s
  JOIN norm AS n
    ON n.service_code = s.service_code AND s.started_on BETWEEN n.from_day AND n.to_day
  LEFT JOIN list_setting_minutes AS w
    ON w.setting = s.setting AND s.started_on BETWEEN w.from_day AND w.to_day
),
full_month AS (
  SELECT s.doctor_id, s.month, COUNT(*) AS contacts, CAST(SUM(s.minutes) AS BIGINT) AS month_minutes, MAX(COALESCE(p.minutes_month, d.minutes_month)) AS capacity_minutes
  FROM contact AS s
  JOIN list_doctor_capacity AS d
    ON d.specialty = '*' AND s.started_on BETWEEN d.from_day AND d.to_day
  LEFT JOIN list_doctor_capacity AS p
    ON p.specialty = s.doctor_specialty AND s.started_on BETWEEN p.from_day AND p.to_day
  GROUP BY s.doctor_id, s.month
  HAVING SUM(s.minutes) > MAX(COALESCE(p.minutes_month, d.minutes_month))
),
queue AS (
  SELECT s.service_id, s.started_on, f.contacts, f.month_minutes, f.capacity_minutes,
         SUM(s.minutes) OVER (PARTITION BY s.doctor_id, s.month
           ORDER BY s.started_on, s.service_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS minutes_so_far
  FROM contact AS s
  JOIN full_month AS f ON f.doctor_id = s.doctor_id AND f.month = s.month
)
SELECT s.service_id, s.person_id, q.started_on, q.contacts, q.month_minutes, q.capacity_minutes
FROM queue AS q
JOIN monitored_service AS s ON s.service_id = q.service_id
WHERE q.minutes_so_far > q.capacity_minutes
