/*---
code: "3.3"
kind: potential
state: on
title:
  kk: "Күндізгі стационар жағдайы тәулік бойғы стационар ретінде ұсынылған"
  ru: "Случай дневного стационара предъявлен как круглосуточный"
  en: "A day-hospital case billed as a round-the-clock stay"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.3]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on}–{ended_on} жоспарлы жату, {diagnosis} диагнозы: көмек күндізгі стационарда көрсетіледі, КШТ {drg_code} толық тариф бойынша"
  ru: "Плановое пребывание {started_on}–{ended_on}, диагноз {diagnosis}: помощь оказывается в дневном стационаре, КЗГ {drg_code} по полному тарифу"
  en: "Planned stay {started_on}–{ended_on}, diagnosis {diagnosis}: care is given in a day hospital, DRG {drg_code} at the whole tariff"
honest_reasons:
  kk:
    - "Шұғыл жағдай"
    - "Асқыну болып, пациент ауыстырылған немесе қайтыс болған"
    - "Күндізгі стационар тарифі бойынша ұсынылған"
    - "Тізімге кірмейтін күрделі операция жасалған"
    - "Пациент алыс ауылдан келген, түнде бақылау қажет болған"
  ru:
    - "Экстренный случай"
    - "Осложнение: пациент переведён или умер"
    - "Предъявлен по тарифу дневного стационара"
    - "Выполнена сложная операция, не входящая в перечень"
    - "Пациент из отдалённого села, требовалось ночное наблюдение"
  en:
    - "Emergency"
    - "A complication: the patient was transferred or died"
    - "Billed at the tariff of a day hospital"
    - "A larger operation was made, which is not in the list"
    - "The patient came from a far village and had to be watched at night"
---*/
WITH cases AS (
    SELECT s.service_id, s.person_id, s.started_on, s.ended_on, s.diagnosis, s.drg_code,
           ROW_NUMBER() OVER (PARTITION BY s.service_id ORDER BY h.first_group, h.operation_code) AS place
    FROM monitored_service AS s
    JOIN list_rule_bounds AS b
      ON b.name = 'short_stay_days' AND s.ended_on BETWEEN b.from_day AND b.to_day
    JOIN list_day_hospital_cases AS h
      ON LEFT(s.diagnosis, 3) BETWEEN h.first_group AND h.last_group
     AND COALESCE(h.operation_code, '') = COALESCE(s.operation_code, '')
     AND s.ended_on BETWEEN h.from_day AND h.to_day
    WHERE s.care_form = 'drg'
      AND s.drg_code <> ''
      AND s.urgency = 'planned'
      AND s.ended_on - s.started_on BETWEEN 0 AND b.value
      AND s.tariff > 0
      AND s.amount >= s.tariff
      AND s.medicine_code IS NULL
      AND COALESCE(s.outcome, '') NOT IN ('died', 'transferred', 'worse', 'left', 'refused')
)
SELECT c.service_id, c.person_id, c.started_on, c.ended_on, c.diagnosis, c.drg_code
FROM cases AS c
WHERE c.place = 1
