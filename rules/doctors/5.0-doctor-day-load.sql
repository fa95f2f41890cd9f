/*---
code: "5.0"
kind: potential
state: draft
title:
  kk: "Дәрігердің бір күнгі жүктемесі мүмкін шектен асады"
  ru: "Дневная нагрузка врача превышает возможную"
  en: "The doctor's load of the day exceeds what is possible"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
statistical: true
evidence:
  kk: "{started_on} күні дәрігерге {contacts} қызмет жазылған: {day_minutes} минут, мүмкін болатыны {capacity_minutes} минут; бұл қызмет шектен тыс"
  ru: "За {started_on} врачу записано услуг: {contacts}, это {day_minutes} мин. при возможных {capacity_minutes}; эта услуга лежит сверх предела"
  en: "On {started_on} the doctor is billed for {contacts} services: {day_minutes} minutes where {capacity_minutes} are possible; this one lies beyond"
honest_reasons:
  kk:
    - "Топтық немесе жылжымалы қабылдаудың өз нормасы бар"
    - "Тәуліктік кезекшілік немесе екі ауысым"
    - "Талдауларды аппарат орындайды, дәрігердің уақыты саналмайды"
    - "Бір ЖСН-мен бүкіл бөлімшенің жұмысы енгізілген"
    - "Дәрігердің ЖСН-і қате жазылған"
  ru:
    - "У группового и выездного приёма своя норма"
    - "Суточное дежурство или две смены"
    - "Анализы выполняет аппарат, время врача не считается"
    - "Под одним ИИН введена работа всего отделения"
    - "ИИН врача записан с ошибкой"
  en:
    - "A group or mobile reception has its own norm"
    - "A duty of a whole day and night, or two shifts"
    - "Tests are made by machines and take no doctor's time"
    - "The work of a whole department was entered under one number"
    - "The doctor's number was written wrongly"
---*/
WITH contact AS (
  SELECT s.service_id, s.doctor_id, s.started_on, s.started_minute, s.doctor_specialty,
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
full_day AS (
  SELECT n.doctor_id, n.started_on, COUNT(*) AS contacts, CAST(SUM(n.minutes) AS BIGINT) AS day_minutes,
         MAX(COALESCE(p.minutes_day, d.minutes_day)) AS capacity_minutes
  FROM contact AS n
  JOIN list_doctor_capacity AS d
    ON d.specialty = '*' AND n.started_on BETWEEN d.from_day AND d.to_day
  LEFT JOIN list_doctor_capacity AS p
    ON p.specialty = n.doctor_specialty AND n.started_on BETWEEN p.from_day AND p.to_day
  GROUP BY n.doctor_id, n.started_on
  HAVING SUM(n.minutes) > MAX(COALESCE(p.minutes_day, d.minutes_day))
),
queue AS (
  SELECT n.service_id, n.started_on, f.contacts, f.day_minutes, f.capacity_minutes,
         SUM(n.minutes) OVER (PARTITION BY n.doctor_id, n.started_on
           ORDER BY COALESCE(n.started_minute, 0), n.service_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS minutes_so_far
  FROM contact AS n
  JOIN full_day AS f ON f.doctor_id = n.doctor_id AND f.started_on = n.started_on
)
SELECT s.service_id, s.person_id, q.started_on, q.contacts, q.day_minutes, q.capacity_minutes
FROM queue AS q
JOIN monitored_service AS s ON s.service_id = q.service_id
WHERE q.minutes_so_far > q.capacity_minutes
