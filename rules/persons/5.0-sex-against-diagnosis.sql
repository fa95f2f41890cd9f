/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Диагноз пациенттің жынысына сәйкес келмейді"
  ru: "Диагноз не соответствует полу пациента"
  en: "The diagnosis does not fit the patient's sex"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{diagnosis} диагнозы басқа жыныста ғана болады"
  ru: "Диагноз {diagnosis} бывает только у другого пола"
  en: "Diagnosis {diagnosis} occurs in the other sex only"
honest_reasons:
  kk:
    - "Пациенттің жынысы туралы жазба тіркелімде өзгертілген"
    - "Ұл нәресте анасының ЖСН-імен және диагнозымен емделген"
    - "Бедеулік бойынша тексерілген ерлі-зайыптылардың диагнозы ортақ жазылған"
    - "Диагноз коды қате терілген"
  ru:
    - "Запись о поле пациента в регистре изменена"
    - "Мальчика лечили под ИИН и с диагнозом матери"
    - "Супругам, обследованным по бесплодию, записан общий диагноз"
    - "Код диагноза набран с ошибкой"
  en:
    - "The sex marker of the patient was changed in the register"
    - "A newborn boy was treated under the number and diagnosis of the mother"
    - "One diagnosis was written for a couple examined for infertility"
    - "The code of the diagnosis was mistyped"
---*/
WITH limited AS (
  SELECT x.diagnosis, x.sex, b.sex AS diagnosis_sex, b.from_day, b.to_day
  FROM (SELECT t.diagnosis, t.sex FROM monitored_service AS t GROUP BY t.diagnosis, t.sex) AS x
  JOIN list_diagnosis_limits AS b
    ON b.category = LEFT(x.diagnosis, 3) AND x.diagnosis LIKE b.code || '%'
  WHERE b.sex <> x.sex
)
SELECT s.service_id, s.person_id, s.diagnosis, MIN(l.diagnosis_sex) AS diagnosis_sex, s.sex
FROM monitored_service AS s
JOIN limited AS l
  ON l.diagnosis = s.diagnosis AND l.sex = s.sex AND s.started_on BETWEEN l.from_day AND l.to_day
WHERE NOT COALESCE(s.sex_changed, FALSE)
  AND NOT s.newborn
GROUP BY s.service_id, s.person_id, s.diagnosis, s.sex
