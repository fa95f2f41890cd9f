/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Бір дәрігердің айдағы емделген жағдайлары мүмкін болатын шектен асады"
  ru: "Пролеченных случаев у одного врача за месяц больше возможного"
  en: "One doctor has more treated cases in a month than is possible"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: doctor
statistical: true
evidence:
  kk: "Айда дәрігерге {cases} емделген жағдай жазылған, мүмкін болатыны {capacity_cases}; {started_on} күні түскен бұл жағдай шектен тыс"
  ru: "За месяц врачу записано пролеченных случаев: {cases} при возможных {capacity_cases}; этот случай с поступлением {started_on} лежит сверх предела"
  en: "The doctor is billed for {cases} treated cases in the month where {capacity_cases} are possible; this one, admitted on {started_on}, lies beyond"
reason:
  kk: "Айда дәрігерге жазылған емделген жағдайлар саны мүмкін болғаннан көп; {started_on} күні түскен бұл жағдай – солардың бірі"
  ru: "Пролеченных случаев, записанных врачу за месяц, больше возможного; этот случай с поступлением {started_on} – один из лишних"
  en: "More treated cases are billed for the doctor in the month than is possible; this one, admitted on {started_on}, is among those beyond"
honest_reasons:
  kk:
    - "Бөлімше меңгерушісі барлық жағдайға қол қояды"
    - "Кезекші дәрігердің немесе диализ дәрігерінің жағдайлары қысқа"
    - "Емделген жағдайдың дәрілік заттары жеке жолмен төленеді"
    - "Дәрігердің ЖСН-і қате жазылған"
  ru:
    - "Заведующий подписывает все случаи отделения"
    - "У дежурного врача и врача диализа случаи короткие"
    - "Лекарственные средства случая оплачиваются отдельной строкой"
    - "ИИН врача записан с ошибкой"
  en:
    - "The head of a department signs all its cases"
    - "The cases of a doctor on duty or of dialysis are short"
    - "The medicines of a case are paid by lines of their own"
    - "The doctor's number was written wrongly"
---*/
WITH treated AS (
  SELECT s.service_id, s.doctor_id, s.month, s.started_on, s.doctor_specialty
  FROM known_service AS s
  JOIN list_care_forms AS f
    ON f.care_form = s.care_form AND f.stay AND NOT f.needs_bed_days AND s.started_on BETWEEN f.from_day AND f.to_day
  WHERE s.doctor_id IS NOT NULL
    AND s.medicine_code IS NULL
    AND COALESCE(s.service_code, '') = ''
),
full_month AS (
  SELECT s.doctor_id, s.month, COUNT(*) AS cases, MAX(COALESCE(p.cases_month, d.cases_month)) AS capacity_cases
  FROM treated AS s
  JOIN list_doctor_capacity AS d
    ON d.specialty = '*' AND s.started_on BETWEEN d.from_day AND d.to_day
  LEFT JOIN list_doctor_capacity AS p
    ON p.specialty = s.doctor_specialty AND s.started_on BETWEEN p.from_day AND p.to_day
  GROUP BY s.doctor_id, s.month
  HAVING COUNT(*) > MAX(COALESCE(p.cases_month, d.cases_month))
),
queue AS (
  SELECT s.service_id, s.started_on, m.cases, m.capacity_cases,
         ROW_NUMBER() OVER (PARTITION BY s.doctor_id, s.month ORDER BY s.started_on, s.service_id) AS place
  FROM treated AS s
  JOIN full_month AS m ON m.doctor_id = s.doctor_id AND m.month = s.month
)
SELECT s.service_id, s.person_id, q.started_on, q.cases, q.capacity_cases
FROM queue AS q
JOIN monitored_service AS s ON s.service_id = q.service_id
WHERE q.place > q.capacity_cases
