/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Диагноз пациенттің жасына сәйкес келмейді"
  ru: "Диагноз не соответствует возрасту пациента"
  en: "The diagnosis does not fit the patient's age"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{diagnosis} диагнозы {ages} жасында болады, пациент {age_years} жаста"
  ru: "Диагноз {diagnosis} бывает в возрасте {ages}, пациенту полных лет: {age_years}"
  en: "Diagnosis {diagnosis} occurs at ages {ages}, the patient is {age_years}"
reason:
  kk: "{diagnosis} диагнозы {age_years} жастағы пациентте болмайды"
  ru: "Диагноз {diagnosis} не встречается в возрасте пациента (полных лет: {age_years})"
  en: "Diagnosis {diagnosis} does not occur in a patient aged {age_years}"
honest_reasons:
  kk:
    - "Жаңа туған нәресте анасының ЖСН-імен емделген"
    - "Кеш жүктілік пен ерте қартаю сирек болса да кездеседі"
    - "Тіркелімдегі туған күн дұрыс емес"
  ru:
    - "Новорождённого лечили под ИИН матери"
    - "Поздняя беременность и раннее старение редки, но бывают"
    - "Дата рождения в регистре неверна"
  en:
    - "A newborn was treated under the mother's number"
    - "Late pregnancy and early ageing are rare but happen"
    - "The date of birth in the register is wrong"
---*/
WITH limited AS (
  SELECT x.diagnosis, x.age_years, b.age_from, b.age_to, b.from_day, b.to_day
  FROM (SELECT t.diagnosis, t.age_years FROM monitored_service AS t GROUP BY t.diagnosis, t.age_years) AS x
  JOIN list_diagnosis_limits AS b
    ON b.category = LEFT(x.diagnosis, 3) AND x.diagnosis LIKE b.code || '%'
  WHERE x.age_years < b.age_from OR x.age_years > b.age_to
)
SELECT s.service_id, s.person_id, s.diagnosis,
       COALESCE(CAST(MIN(l.age_from) AS text), '0') || '–' || COALESCE(CAST(MAX(l.age_to) AS text), '…') AS ages, s.age_years
FROM monitored_service AS s
JOIN limited AS l
  ON l.age_years = s.age_years AND l.diagnosis = s.diagnosis AND s.started_on BETWEEN l.from_day AND l.to_day
WHERE s.age_days >= 0
  AND NOT s.newborn
GROUP BY s.service_id, s.person_id, s.diagnosis, s.age_years
