/*---
code: "6.4"
kind: potential
state: on
title:
  kk: "Дәрілік зат диагнозға сәйкес келмейді: негізсіз тағайындау немесе жазып беру"
  ru: "Лекарственное средство не соответствует диагнозу: необоснованное назначение или выписывание"
  en: "The medicine does not fit the diagnosis: unjustified ordering or prescribing"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.6.4]
look_back: 93
reach: person
statistical: false
evidence:
  kk: "{medicine_code} дәрілік заты {diagnosis} диагнозымен берілген"
  ru: "Лекарственное средство {medicine_code} отпущено с диагнозом {diagnosis}"
  en: "{medicine_code} was given with diagnosis {diagnosis}"
honest_reasons:
  kk:
    - "Негізгі диагноз басқа, дәрі қосалқы ауруға тағайындалған"
    - "Стационардағы шұғыл көрсетілім"
    - "Диагноз енгізілмеген"
    - "Пациент бұл дәріні тізімдегі диагнозбен бұрын алған"
  ru:
    - "Основной диагноз другой, лекарство назначено по сопутствующей болезни"
    - "Экстренное показание в стационаре"
    - "Диагноз не внесён"
    - "Пациент раньше получал это лекарство с диагнозом из перечня"
  en:
    - "The main diagnosis differs, the medicine is for another disease"
    - "An emergency indication in hospital"
    - "No diagnosis was entered"
    - "The patient received this medicine earlier with a diagnosis of the list"
---*/
WITH suspects AS (
    SELECT s.service_id, s.person_id, s.started_on, s.medicine_code, s.diagnosis, g.atc
    FROM monitored_service AS s
    JOIN (SELECT DISTINCT l.atc, l.from_day, l.to_day FROM list_medicine_diagnoses AS l) AS g
      ON g.atc = LEFT(s.medicine_code, 7) AND s.started_on BETWEEN g.from_day AND g.to_day
    LEFT JOIN list_medicine_diagnoses AS a
           ON a.atc = g.atc AND LEFT(s.diagnosis, 3) BETWEEN a.first_group AND a.last_group
          AND s.started_on BETWEEN a.from_day AND a.to_day
    WHERE s.medicine_code <> ''
      AND s.diagnosis <> ''
      AND s.care_form IN ('phc', 'drg', 'actual', 'bed_day', 'average', 'met', 'rural', 'psychiatry', 'tuberculosis', 'hiv')
      AND COALESCE(s.urgency, 'planned') <> 'emergency'
      AND a.atc IS NULL
), fitting AS (
    SELECT DISTINCT p.person_id, p.atc
    FROM suspects AS p
    JOIN known_service AS k ON k.person_id = p.person_id
    JOIN list_medicine_diagnoses AS a
      ON a.atc = p.atc AND LEFT(k.diagnosis, 3) BETWEEN a.first_group AND a.last_group
)
SELECT p.service_id, p.person_id, p.medicine_code, p.diagnosis
FROM suspects AS p
LEFT JOIN fitting AS f ON f.person_id = p.person_id AND f.atc = p.atc
WHERE f.person_id IS NULL
