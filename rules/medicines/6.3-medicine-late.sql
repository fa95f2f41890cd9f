/*---
code: "6.3"
kind: potential
state: on
title:
  kk: "Пациент дәрілік затпен уақтылы қамтамасыз етілмеген"
  ru: "Пациент несвоевременно обеспечен лекарственным средством"
  en: "The patient was not supplied with the medicine on time"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.6.3]
look_back: 93
reach: person
statistical: false
evidence:
  kk: "Рецепт {referred_on} күні тіркелген, {medicine_code} дәрілік заты {started_on} күні берілген: {working_days} жұмыс күні (шегі {limit_days})"
  ru: "Рецепт зарегистрирован {referred_on}, лекарственное средство {medicine_code} отпущено {started_on}: рабочих дней {working_days} (предел {limit_days})"
  en: "Prescribed on {referred_on}, {medicine_code} given on {started_on}: {working_days} working days (limit {limit_days})"
reason:
  kk: "Рецепт {referred_on} күні тіркелген, {medicine_code} дәрілік заты {started_on} күні, {working_days} жұмыс күнінен кейін берілген"
  ru: "Рецепт зарегистрирован {referred_on}, лекарственное средство {medicine_code} отпущено {started_on}; прошло рабочих дней: {working_days}"
  en: "Prescribed on {referred_on}, {medicine_code} was given on {started_on}, {working_days} working days later"
honest_reasons:
  kk:
    - "Пациент дәріге кеш келген"
    - "Рецепт бірнеше айға жазылған, бұл кезекті беру"
    - "Рецепт күні белгісіз"
    - "Мереке күндері"
  ru:
    - "Пациент поздно пришёл за лекарством"
    - "Рецепт выписан на несколько месяцев, это очередной отпуск"
    - "День рецепта неизвестен"
    - "Праздничные дни"
  en:
    - "The patient came late for the medicine"
    - "The prescription is for several months and this is the next supply"
    - "The day of the prescription is not known"
    - "Holidays"
---*/
WITH late AS (
    SELECT s.service_id, s.person_id, s.referred_on, s.started_on, s.medicine_code,
           c2.working_number - c1.working_number AS working_days, COALESCE(l.max_working_days, d.max_working_days) AS limit_days
    FROM monitored_service AS s
    JOIN list_medicine_terms AS d
      ON d.atc = '*' AND s.started_on BETWEEN d.from_day AND d.to_day
    LEFT JOIN list_medicine_terms AS l
           ON l.atc = LEFT(s.medicine_code, 7) AND s.started_on BETWEEN l.from_day AND l.to_day
    JOIN calendar AS c1 ON c1.day = s.referred_on
    JOIN calendar AS c2 ON c2.day = s.started_on
    WHERE s.medicine_code <> ''
      AND s.care_form IN ('phc', 'drg', 'actual', 'bed_day', 'average', 'met', 'ambulance', 'rural', 'psychiatry', 'tuberculosis', 'hiv')
      AND s.started_on - s.referred_on > COALESCE(l.max_working_days, d.max_working_days)
      AND c2.working_number - c1.working_number > COALESCE(l.max_working_days, d.max_working_days)
)
SELECT t.service_id, t.person_id, t.referred_on, t.started_on, t.medicine_code, t.working_days, t.limit_days
FROM late AS t
LEFT JOIN known_service AS k
       ON k.person_id = t.person_id AND k.referred_on = t.referred_on AND LEFT(k.medicine_code, 7) = LEFT(t.medicine_code, 7)
      AND k.started_on < t.started_on
WHERE k.service_id IS NULL
