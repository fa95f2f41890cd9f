/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Пациентке бір мезгілде екі ұйымда қызмет көрсетілген"
  ru: "Пациент получил услуги в двух организациях одновременно"
  en: "The patient was served in two organisations at the same time"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: person
statistical: false
evidence:
  kk: "{started_on} күні бұл қызмет басқа ұйымдағы (БСН {other_provider_id}) қызметпен {overlap_minutes} минут қабаттасады"
  ru: "{started_on} эта услуга пересекается с услугой в другой организации (БИН {other_provider_id}) на {overlap_minutes} мин."
  en: "On {started_on} this service overlaps one in another organisation ({other_provider_id}) by {overlap_minutes} minutes"
honest_reasons:
  kk:
    - "Ұйымдардың сағаттары бірнеше минутқа алшақ"
    - "Қашықтан консультация немесе жедел жәрдем"
    - "Зертханалық жұмыс: пациенттің болуы қажет емес"
    - "Анасы мен оның ЖСН-імен қаралған нәресте"
    - "Бірінші қызметтің уақыты кейін, топтап енгізілген"
  ru:
    - "Часы организаций расходятся на несколько минут"
    - "Дистанционная консультация или скорая помощь"
    - "Лабораторная работа: присутствие пациента не нужно"
    - "Мать и новорождённый под её ИИН"
    - "Время первой услуги внесено позже, вместе с другими"
  en:
    - "The clocks of the organisations differ by some minutes"
    - "A remote consultation or an ambulance"
    - "Laboratory work: the patient need not be present"
    - "A mother and the newborn under her number"
    - "The time of the first service was entered later, in bulk"
---*/
WITH shared AS (
  SELECT s.service_id, s.person_id, s.provider_id, s.started_on, s.started_minute, s.service_code
  FROM divided_day AS s
  WHERE s.care_form <> 'ambulance'
    AND COALESCE(s.setting, 'ordinary') <> 'remote'
    AND NOT s.newborn
),
norm AS (
  SELECT c.service_code, c.person_minutes AS minutes, c.from_day, c.to_day
  FROM list_service_minutes AS c
  WHERE c.service_code IS NOT NULL
  UNION ALL
  SELECT x.service_code, g.person_minutes, g.from_day, g.to_day
  FROM (SELECT DISTINCT t.service_code FROM shared AS t) AS x
  JOIN list_service_minutes AS g ON g.service_group = LEFT(x.service_code, 3)
  LEFT JOIN list_service_minutes AS c ON c.service_code = x.service_code
  WHERE c.service_code IS NULL
),
presence AS (
  SELECT s.service_id, s.person_id, s.provider_id, s.started_on, s.started_minute AS minute_from,
         LAG(s.provider_id) OVER day_of_person AS other_provider_id,
         LAG(s.started_minute + n.minutes) OVER day_of_person AS other_minute_to
  FROM shared AS s
  JOIN norm AS n
    ON n.service_code = s.service_code AND s.started_on BETWEEN n.from_day AND n.to_day
  WINDOW day_of_person AS (PARTITION BY s.person_id, s.started_on ORDER BY s.started_minute, s.service_id)
)
SELECT p.service_id, p.person_id, p.started_on, p.other_provider_id, p.other_minute_to - p.minute_from AS overlap_minutes
FROM presence AS p
JOIN monitored_service AS m ON m.service_id = p.service_id AND m.person_id = p.person_id
JOIN list_data_limits AS l
  ON l.name = 'overlap_tolerance' AND p.started_on BETWEEN l.from_day AND l.to_day
WHERE p.other_provider_id <> p.provider_id
  AND p.other_minute_to - p.minute_from > l.value
