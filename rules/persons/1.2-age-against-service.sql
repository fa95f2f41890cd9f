/*---
code: "1.2"
kind: potential
state: on
title:
  kk: "Қызмет пациенттің жасына сәйкес келмейді"
  ru: "Услуга не соответствует возрасту пациента"
  en: "The service does not fit the patient's age"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.1.2]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{service_code} қызметі {ages} жасқа арналған, пациент {age_years} жаста"
  ru: "Услуга {service_code} предназначена для возраста {ages}, пациенту полных лет: {age_years}"
  en: "Service {service_code} is for ages {ages}, the patient is {age_years}"
reason:
  kk: "{service_code} қызметі {age_years} жастағы пациентке арналмаған"
  ru: "Услуга {service_code} не предназначена для возраста пациента (полных лет: {age_years})"
  en: "Service {service_code} is not meant for a patient aged {age_years}"
honest_reasons:
  kk:
    - "Скринингтің нысаналы тобы жасы сол жылы толатындардан құралады"
    - "Зерттеу скрининг емес, көрсетілімдер бойынша жасалған"
    - "Жаңа туған нәресте немесе баласы анасының ЖСН-імен қаралған"
  ru:
    - "Целевая группа скрининга составлена по году рождения"
    - "Исследование проведено не как скрининг, а по показаниям"
    - "Ребёнок осмотрен под ИИН матери"
  en:
    - "The screening group is made up by the year of birth"
    - "The examination was no screening but had an indication"
    - "A child was seen under the mother's number"
---*/
SELECT s.service_id, s.person_id, s.service_code,
       COALESCE(CAST(l.age_from AS text), '0') || '–' || COALESCE(CAST(l.age_to AS text), '…') AS ages, s.age_years
FROM monitored_service AS s
JOIN list_service_limits AS l
  ON l.service_code = s.service_code AND s.started_on BETWEEN l.from_day AND l.to_day
JOIN list_code_care_forms AS c
  ON c.code = '1.2' AND c.care_form = s.care_form AND s.started_on BETWEEN c.from_day AND c.to_day
LEFT JOIN list_screening_diagnoses AS d
  ON d.category = LEFT(s.diagnosis, 3) AND s.started_on BETWEEN d.from_day AND d.to_day
WHERE (s.age_years < l.age_from OR s.age_years > l.age_to)
  AND (EXTRACT(YEAR FROM s.started_on) - EXTRACT(YEAR FROM s.birth_date) < l.age_from
    OR EXTRACT(YEAR FROM s.started_on) - EXTRACT(YEAR FROM s.birth_date) > l.age_to)
  AND (NOT l.screening OR d.category IS NOT NULL)
  AND NOT s.newborn
