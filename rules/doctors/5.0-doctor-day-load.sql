/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Дәрігердің бір күнгі жүктемесі мүмкін болатын шектен асады"
  ru: "Дневная нагрузка врача превышает возможную"
  en: "The doctor's load of the day exceeds what is possible"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: doctor
statistical: true
evidence:
  kk: "{started_on} күні дәрігерге {contacts} қызмет жазылған: {day_minutes} минут, мүмкін болатыны {capacity_minutes} минут; бұл қызмет шектен тыс"
  ru: "За {started_on} врачу записано услуг: {contacts}, это {day_minutes} мин. при возможных {capacity_minutes}; эта услуга лежит сверх предела"
  en: "On {started_on} the doctor is billed for {contacts} services: {day_minutes} minutes where {capacity_minutes} are possible; this one lies beyond"
reason:
  kk: "{started_on} күні дәрігерге жазылған қызметтер оның бір күнгі жұмыс уақытына сыймайды; бұл қызмет жұмыс уақытынан тыс қалған"
  ru: "Услуги, записанные врачу за {started_on}, не умещаются в его рабочее время дня; эта услуга лежит сверх него"
  en: "The services billed for the doctor on {started_on} do not fit into a working day; this one lies beyond it"
honest_reasons:
  kk:
    - "Топтық немесе көшпелі қабылдаудың өз нормасы бар"
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
WITH crowded AS (
  SELECT s.service_id, s.doctor_id, s.started_on, s.started_minute, s.service_code, s.quantity, s.setting, s.doctor_specialty
  FROM doctor_day AS d
  JOIN known_service AS s ON s.doctor_id = d.doctor_id AND s.started_on = d.started_on AND s.month = d.month
  WHERE d.quantity * (SELECT MAX(k.doctor_minutes) FROM list_service_minutes AS k) > (SELECT MIN(k.minutes_day) FROM list_doctor_capacity AS k)
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
  SELECT s.service_id, s.doctor_id, s.started_on, s.started_minute, s.doctor_specialty, CAST(s.quantity AS BIGINT) * LEAST(n.minutes, w.doctor_minutes) AS minutes
  FROM crowded AS s
  JOIN norm AS n
    ON n.service_code = s.service_code AND s.started_on BETWEEN n.from_day AND n.to_day
  LEFT JOIN list_setting_minutes AS w
    ON w.setting = s.setting AND s.started_on BETWEEN w.from_day AND w.to_day
),
full_day AS (
  SELECT s.doctor_id, s.started_on, COUNT(*) AS contacts, CAST(SUM(s.minutes) AS BIGINT) AS day_minutes, MAX(COALESCE(p.minutes_day, d.minutes_day)) AS capacity_minutes
  FROM contact AS s
  JOIN list_doctor_capacity AS d
    ON d.specialty = '*' AND s.started_on BETWEEN d.from_day AND d.to_day
  LEFT JOIN list_doctor_capacity AS p
    ON p.specialty = s.doctor_specialty AND s.started_on BETWEEN p.from_day AND p.to_day
  GROUP BY s.doctor_id, s.started_on
  HAVING SUM(s.minutes) > MAX(COALESCE(p.minutes_day, d.minutes_day))
),
queue AS (
  SELECT s.service_id, f.started_on, f.contacts, f.day_minutes, f.capacity_minutes,
         SUM(s.minutes) OVER (PARTITION BY s.doctor_id, s.started_on
           ORDER BY COALESCE(s.started_minute, 0), s.service_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS minutes_so_far
  FROM contact AS s
  JOIN full_day AS f ON f.doctor_id = s.doctor_id AND f.started_on = s.started_on
)
SELECT s.service_id, s.person_id, q.started_on, q.contacts, q.day_minutes, q.capacity_minutes
FROM queue AS q
JOIN monitored_service AS s ON s.service_id = q.service_id
WHERE q.minutes_so_far > q.capacity_minutes
