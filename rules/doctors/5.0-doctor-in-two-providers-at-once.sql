/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Дәрігер бір мезгілде екі ұйымда қызмет көрсеткен"
  ru: "Врач оказывал услуги в двух организациях одновременно"
  en: "The doctor served in two organisations at the same time"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: doctor
statistical: false
evidence:
  kk: "{started_on} күні бұл қызмет осы дәрігердің басқа ұйымдағы (БСН {other_provider_id}) қызметімен {overlap_minutes} минут қабаттасады"
  ru: "{started_on} эта услуга пересекается с услугой того же врача в другой организации (БИН {other_provider_id}) на {overlap_minutes} мин."
  en: "On {started_on} this service overlaps one of the same doctor in another organisation ({other_provider_id}) by {overlap_minutes} minutes"
honest_reasons:
  kk:
    - "Ұйымдардың сағаттары бірнеше минутқа алшақ"
    - "Қашықтан консультация берген"
    - "Екі ұйым бір ғимаратта: дәрігер бөлмеден бөлмеге өтеді"
    - "Талдауларды аппарат орындайды"
    - "Дәрігердің ЖСН-і қате жазылған"
  ru:
    - "Часы организаций расходятся на несколько минут"
    - "Консультировал дистанционно"
    - "Две организации в одном здании: врач переходит из кабинета в кабинет"
    - "Анализы выполняет аппарат"
    - "ИИН врача записан с ошибкой"
  en:
    - "The clocks of the organisations differ by some minutes"
    - "The doctor consulted remotely"
    - "Two organisations share a building: the doctor goes from room to room"
    - "Tests are made by machines"
    - "The doctor's number was written wrongly"
---*/
WITH shared AS (
  SELECT s.service_id, s.doctor_id, s.provider_id, s.started_on, s.started_minute, s.service_code
  FROM doctor_day AS d
  JOIN known_service AS s ON s.doctor_id = d.doctor_id AND s.started_on = d.started_on AND s.month = d.month
  WHERE d.first_provider <> d.last_provider
    AND s.started_minute IS NOT NULL
    AND COALESCE(s.setting, 'ordinary') <> 'remote'
),
norm AS (
  SELECT c.service_code, c.doctor_minutes AS minutes, c.from_day, c.to_day
  FROM list_service_minutes AS c
  WHERE c.service_code IS NOT NULL
  UNION ALL
  SELECT x.service_code, g.doctor_minutes, g.from_day, g.to_day
  FROM (SELECT DISTINCT t.service_code FROM shared AS t) AS x
  JOIN list_service_minutes AS g ON g.service_group = LEFT(x.service_code, 3)
  LEFT JOIN list_service_minutes AS c ON c.service_code = x.service_code
  WHERE c.service_code IS NULL
),
presence AS (
  SELECT s.service_id, s.provider_id, s.started_on, s.started_minute AS minute_from,
         LAG(s.provider_id) OVER day_of_doctor AS other_provider_id,
         LAG(s.started_minute + n.minutes) OVER day_of_doctor AS other_minute_to
  FROM shared AS s
  JOIN norm AS n
    ON n.service_code = s.service_code AND s.started_on BETWEEN n.from_day AND n.to_day
  WINDOW day_of_doctor AS (PARTITION BY s.doctor_id, s.started_on ORDER BY s.started_minute, s.service_id)
)
SELECT s.service_id, s.person_id, p.started_on, p.other_provider_id, p.other_minute_to - p.minute_from AS overlap_minutes
FROM presence AS p
JOIN monitored_service AS s ON s.service_id = p.service_id
JOIN list_data_limits AS l
  ON l.name = 'overlap_tolerance' AND p.started_on BETWEEN l.from_day AND l.to_day
WHERE p.other_provider_id <> p.provider_id
  AND p.other_minute_to - p.minute_from > l.value
