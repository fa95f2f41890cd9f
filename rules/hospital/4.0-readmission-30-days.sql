/*---
code: "4.0"
kind: potential
state: on
title:
  kk: "Стационарда емдеу аяқталған күннен бастап күнтізбелік 30 күн ішінде негізсіз қайта емдеуге жатқызу"
  ru: "Необоснованная повторная госпитализация в течение 30 календарных дней со дня завершения стационарного лечения"
  en: "Unjustified readmission within 30 calendar days of the end of inpatient treatment"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.4.0]
look_back: 93
reach: person
statistical: false
evidence:
  kk: "{previous_discharge} күні {previous_diagnosis} диагнозымен шығарылған (БСН {previous_provider}), {days_between} күннен кейін {diagnosis} диагнозымен қайта жатқызылған"
  ru: "Выписан {previous_discharge} с диагнозом {previous_diagnosis} (БИН {previous_provider}), через {days_between} дн. госпитализирован снова с диагнозом {diagnosis}"
  en: "Discharged on {previous_discharge} with {previous_diagnosis} (provider {previous_provider}), admitted again after {days_between} days with {diagnosis}"
honest_reasons:
  kk:
    - "Паллиативтік медициналық көмек көрсететін өнім беруші"
    - "Жоспарлы курс: диализ, химиотерапия, сәулелік терапия, оңалту"
    - "Емдеудің бір эпизоды аясында басқа стационарға ауыстыру"
    - "Жүктілік кезіндегі қайталанатын қатер, босану"
    - "Пациент бірінші рет емді аяқтамай, өз еркімен кеткен"
    - "Анасының ЖСН-імен тіркелген нәресте"
  ru:
    - "Поставщик, оказывающий паллиативную медицинскую помощь"
    - "Плановый курс: диализ, химиотерапия, лучевая терапия, реабилитация"
    - "Перевод в другой стационар в рамках одного эпизода"
    - "Повторная угроза при беременности, роды"
    - "В первый раз пациент ушёл по своей воле, не закончив лечение"
    - "Новорождённый, записанный под ИИН матери"
  en:
    - "Provider of palliative care"
    - "Planned series: dialysis, chemotherapy, radiotherapy, rehabilitation"
    - "Transfer to another hospital within one episode"
    - "Recurring threat in pregnancy, delivery"
    - "The first time the patient left of his own will before treatment ended"
    - "Newborn recorded under its mother's number"
---*/
WITH admissions AS (
    SELECT s.service_id, s.person_id, s.diagnosis, s.started_on, w.value AS days, b.value AS transfer_days
    FROM monitored_service AS s
    JOIN legal_value AS w
      ON w.name = 'readmission_window' AND s.started_on BETWEEN w.from_day AND w.to_day
    JOIN list_stay_bounds AS b
      ON b.name = 'transfer_days' AND s.started_on BETWEEN b.from_day AND b.to_day
    LEFT JOIN list_planned_series AS e
           ON LEFT(s.diagnosis, 3) BETWEEN e.first_group AND e.last_group
          AND s.started_on BETWEEN e.from_day AND e.to_day
          AND (e.planned_only = FALSE OR COALESCE(s.urgency, 'planned') = 'planned')
    WHERE s.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met', 'rural')
      AND (s.care_form <> 'rural' OR s.bed_days > 0)
      AND s.medicine_code IS NULL
      AND s.newborn = FALSE
      AND COALESCE(s.provider_palliative, FALSE) = FALSE
      AND COALESCE(s.outcome, '') <> 'refused'
      AND e.first_group IS NULL
), repeats AS (
    SELECT s.service_id, s.person_id, s.diagnosis, p.ended_on AS previous_discharge, p.diagnosis AS previous_diagnosis,
           p.provider_id AS previous_provider, s.started_on - p.ended_on AS days_between,
           ROW_NUMBER() OVER (PARTITION BY s.service_id ORDER BY p.ended_on DESC, p.service_id DESC) AS place
    FROM admissions AS s
    JOIN known_service AS p ON p.person_id = s.person_id
    WHERE s.started_on > p.ended_on
      AND s.started_on - p.ended_on <= s.days
      AND p.medicine_code IS NULL
      AND p.newborn = FALSE
      AND p.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met', 'rural')
      AND (p.care_form <> 'rural' OR p.bed_days > 0)
      AND LEFT(p.diagnosis, 3) = LEFT(s.diagnosis, 3)
      AND COALESCE(p.outcome, '') NOT IN ('left', 'refused')
      AND NOT (COALESCE(p.outcome, '') = 'transferred' AND s.started_on - p.ended_on <= s.transfer_days)
)
SELECT r.service_id, r.person_id, r.diagnosis, r.previous_discharge, r.previous_diagnosis, r.previous_provider, r.days_between
FROM repeats AS r
WHERE r.place = 1
