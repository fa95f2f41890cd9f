/*---
code: "5.1"
kind: potential
state: on
title:
  kk: "Жату ұзақтығына сәйкес келмейтін дәрілік зат саны"
  ru: "Количество лекарственного средства не соответствует длительности пребывания"
  en: "Quantity of medicine out of proportion to the stay"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.1]
look_back: 31
reach: person
statistical: false
evidence:
  kk: "{days} төсек-күнге {medicine_code} дәрілік затының {given} бірлігі жазылған, бір күнге шегі {max_per_day}"
  ru: "За {days} койко-дн. списано единиц {medicine_code}: {given}, предел на день {max_per_day}"
  en: "{given} units of {medicine_code} for {days} bed-days, limit per day {max_per_day}"
reason:
  kk: "{days} төсек-күнге {medicine_code} дәрілік затының {given} бірлігі жазылған: бұл жату ұзақтығына сәйкес келмейді"
  ru: "За {days} койко-дн. списано единиц {medicine_code}: {given}; это не соответствует длительности пребывания"
  en: "{given} units of {medicine_code} are recorded for {days} bed-days, which is out of proportion to the stay"
honest_reasons:
  kk:
    - "Дәрі емделудің ұзақ бөлігіне, шығарылғаннан кейін де берілген"
    - "Реанимация: ең жоғары дозалар"
    - "Ұзақ жатқанда жалпы санының көп болуы табиғи"
    - "Анасының ЖСН-імен тіркелген нәресте"
  ru:
    - "Лекарство выдано и на время после выписки"
    - "Реанимация: максимальные дозы"
    - "При долгом пребывании общее количество велико"
    - "Новорождённый, записанный под ИИН матери"
  en:
    - "The medicine was given for the time after discharge too"
    - "Intensive care: the highest doses"
    - "In a long stay the total is naturally large"
    - "Newborn recorded under its mother's number"
---*/
WITH stays AS (
    SELECT k.service_id AS stay_id, k.person_id, k.provider_id, k.started_on, k.ended_on
    FROM known_service AS k
    WHERE k.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met')
      AND k.medicine_code IS NULL
      AND k.newborn = FALSE
      AND COALESCE(k.outcome, '') <> 'refused'
), medicines AS (
    SELECT m.service_id, m.person_id, m.provider_id, m.started_on, m.quantity, m.medicine_code, LEFT(m.medicine_code, 7) AS atc
    FROM known_service AS m
    WHERE m.medicine_code <> ''
      AND m.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met')
      AND m.newborn = FALSE
), within AS (
    SELECT m.service_id, m.person_id, m.medicine_code, m.atc, m.quantity, m.started_on, t.stay_id, t.ended_on - t.started_on + 1 AS days,
           ROW_NUMBER() OVER (PARTITION BY m.service_id ORDER BY t.started_on DESC, t.stay_id) AS place
    FROM medicines AS m
    JOIN stays AS t
      ON t.person_id = m.person_id AND t.provider_id = m.provider_id AND m.started_on BETWEEN t.started_on AND t.ended_on
), summed AS (
    SELECT w.stay_id, w.person_id, w.atc, w.days, CAST(SUM(w.quantity) AS BIGINT) AS given
    FROM within AS w
    WHERE w.place = 1
    GROUP BY w.stay_id, w.person_id, w.atc, w.days
)
SELECT s.service_id, s.person_id, s.medicine_code, t.given, t.days, COALESCE(l.max_per_day, d.max_per_day) AS max_per_day
FROM summed AS t
JOIN within AS w ON w.stay_id = t.stay_id AND w.person_id = t.person_id AND w.atc = t.atc AND w.place = 1
JOIN monitored_service AS s ON s.service_id = w.service_id AND s.person_id = w.person_id
JOIN list_medicine_per_day AS d
  ON d.atc = '*' AND s.started_on BETWEEN d.from_day AND d.to_day
LEFT JOIN list_medicine_per_day AS l
       ON l.atc = t.atc AND s.started_on BETWEEN l.from_day AND l.to_day
WHERE t.given > CAST(COALESCE(l.max_per_day, d.max_per_day) AS BIGINT) * t.days
