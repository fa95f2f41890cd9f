/*---
code: "5.1"
kind: potential
state: on
title:
  kk: "Бір адамға дәрілік заттың берілген саны шектен көп"
  ru: "Одному человеку отпущено лекарственного средства больше предела"
  en: "More of a medicine for one person than the limit"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.1]
look_back: 31
reach: person
statistical: false
evidence:
  kk: "{medicine_code}: {window_days} күнде {given} бірлік берілген, шегі {max_quantity}"
  ru: "{medicine_code}: за {window_days} дн. отпущено единиц: {given}, предел {max_quantity}"
  en: "{medicine_code}: {given} units in {window_days} days, limit {max_quantity}"
reason:
  kk: "{medicine_code} дәрілік заты бір адамға белгіленген мөлшерден артық берілген"
  ru: "Лекарственного средства {medicine_code} одному человеку отпущено больше установленного количества"
  en: "More of medicine {medicine_code} was given to one person than is set"
honest_reasons:
  kk:
    - "Дәрі бірнеше айға алдын ала берілген: келесі айларда берілмейді"
    - "Бірлік ретінде қаптама емес, таблетка есептелген"
    - "Доза ауруға байланысты жоғары, консилиум шешімі бар"
    - "Пациенттің жасы белгісіз"
  ru:
    - "Лекарство выдано на несколько месяцев вперёд: в следующие месяцы не выдаётся"
    - "Единицей считалась таблетка, а не упаковка"
    - "Высокая доза по решению консилиума"
    - "Возраст пациента неизвестен"
  en:
    - "Dispensed for several months ahead: nothing in the next months"
    - "Tablets were counted, not packs"
    - "A high dose by decision of a council of doctors"
    - "The patient's age is not known"
---*/
WITH listed AS (
    SELECT k.service_id, k.person_id, k.started_on, k.quantity, l.atc, l.max_quantity, l.window_days
    FROM known_service AS k
    JOIN list_medicine_limits AS l
      ON l.atc = LEFT(k.medicine_code, 7) AND k.started_on BETWEEN l.from_day AND l.to_day
     AND k.age_years BETWEEN l.age_from AND l.age_to
    WHERE k.medicine_code <> ''
      AND k.newborn = FALSE
      AND k.care_form NOT IN ('rural', 'blood', 'pathology')
), heavy AS (
    SELECT c.person_id, c.atc
    FROM listed AS c
    GROUP BY c.person_id, c.atc
    HAVING SUM(c.quantity) > MIN(c.max_quantity)
), summed AS (
    SELECT a.service_id, a.person_id, a.window_days, a.max_quantity, CAST(SUM(b.quantity) AS BIGINT) AS given
    FROM heavy AS h
    JOIN listed AS a ON a.person_id = h.person_id AND a.atc = h.atc
    JOIN listed AS b ON b.person_id = h.person_id AND b.atc = h.atc
    WHERE a.started_on - b.started_on < a.window_days
      AND (b.started_on < a.started_on OR (b.started_on = a.started_on AND b.service_id <= a.service_id))
    GROUP BY a.service_id, a.person_id, a.window_days, a.max_quantity
)
SELECT t.service_id, t.person_id, s.medicine_code, t.given, t.max_quantity, t.window_days
FROM summed AS t
JOIN monitored_service AS s ON s.service_id = t.service_id AND s.person_id = t.person_id
WHERE t.given > t.max_quantity
