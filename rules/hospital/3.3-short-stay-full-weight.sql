/*---
code: "3.3"
kind: potential
state: on
title:
  kk: "Бір күннен аспайтын жатуға КШТ толық салмағымен ұсынылған"
  ru: "За пребывание не дольше одного дня предъявлен полный вес КЗГ"
  en: "The whole weight of a diagnosis-related group billed for a stay of one day at most"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.3]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on}–{ended_on} жату, {drg_code} КШТ толық тариф бойынша: {amount}"
  ru: "Пребывание {started_on}–{ended_on}, КЗГ {drg_code} по полному тарифу: {amount}"
  en: "Stay {started_on}–{ended_on}, DRG {drg_code} at the whole tariff: {amount}"
honest_reasons:
  kk:
    - "Пациент қайтыс болған, ауыстырылған немесе өз еркімен кеткен"
    - "Операция бір күн ішінде жасалып, пациент хаттама бойынша шығарылған"
    - "Қысқа жату осы топқа тән"
    - "Қысқа жатуға төмендетілген тариф қолданылған"
  ru:
    - "Пациент умер, переведён или ушёл по своей воле"
    - "Операция выполнена за день, пациент выписан по протоколу"
    - "Короткое пребывание свойственно этой группе"
    - "Применён пониженный тариф короткого пребывания"
  en:
    - "The patient died, was transferred or left of his own will"
    - "The operation took a day and the patient was discharged by the protocol"
    - "A short stay is natural for this group"
    - "The lower tariff of a short stay was applied"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.ended_on, s.drg_code, s.amount
FROM monitored_service AS s
JOIN list_rule_bounds AS b
  ON b.name = 'short_stay_days' AND s.ended_on BETWEEN b.from_day AND b.to_day
LEFT JOIN list_short_stay_drgs AS n
       ON n.drg_code = s.drg_code AND s.ended_on BETWEEN n.from_day AND n.to_day
LEFT JOIN list_day_hospital_cases AS h
       ON LEFT(s.diagnosis, 3) BETWEEN h.first_group AND h.last_group
      AND h.operation_code IS NULL
      AND s.urgency = 'planned'
      AND s.ended_on BETWEEN h.from_day AND h.to_day
WHERE s.care_form = 'drg'
  AND s.drg_code <> ''
  AND s.ended_on - s.started_on BETWEEN 0 AND b.value
  AND s.tariff > 0
  AND s.amount >= s.tariff
  AND COALESCE(s.operation_code, '') = ''
  AND s.medicine_code IS NULL
  AND s.newborn = FALSE
  AND s.outcome NOT IN ('died', 'transferred', 'left', 'refused')
  AND n.drg_code IS NULL
  AND h.first_group IS NULL
