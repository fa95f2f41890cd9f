/*---
code: "5.1"
kind: potential
state: on
title:
  kk: "Пациент басқа ұйымның стационарында жатқанда амбулаториялық қызмет көрсетілген"
  ru: "Амбулаторная услуга во время пребывания в стационаре другой организации"
  en: "Outpatient service during a stay in another organisation's hospital"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.1]
look_back: 31
reach: person
statistical: false
evidence:
  kk: "Қызмет {started_on} күні көрсетілген, пациент {admitted_on}–{discharged_on} аралығында басқа ұйымның стационарында (БСН {hospital_id}) жатқан"
  ru: "Услуга оказана {started_on}, пациент находился в стационаре другой организации (БИН {hospital_id}) с {admitted_on} по {discharged_on}"
  en: "Service on {started_on}, the patient lay in another organisation ({hospital_id}) from {admitted_on} to {discharged_on}"
honest_reasons:
  kk:
    - "Түскен және шыққан күнгі қызмет"
    - "Жедел жәрдем, ауыстыру, қашықтан консультация"
    - "Диализ пациенттің өз орталығында жалғасқан"
    - "Түскенге дейін алынған материал кейін зерттелген"
    - "Бір айға арналған дәрілік затты өкілі алған"
    - "Анасының ЖСН-імен жаңа туған нәрестеге қызмет көрсетілген"
    - "Күндізгі стационар немесе үйдегі стационар: пациент емханаға бара алады"
    - "Стационар тапсырысымен басқа ұйымда зерттелген"
  ru:
    - "Услуга в день поступления или выписки"
    - "Скорая помощь, перевод, дистанционная консультация"
    - "Диализ продолжался в своём центре"
    - "Материал, взятый до поступления, исследован позже"
    - "Лекарство на месяц получил представитель"
    - "Под ИИН матери обслужен новорождённый"
    - "Дневной стационар или стационар на дому: пациент может прийти в поликлинику"
    - "Обследован в другой организации по заявке стационара"
  en:
    - "A service on the day of admission or of discharge"
    - "An ambulance, a transfer, a remote consultation"
    - "Dialysis went on at the patient's own centre"
    - "Material taken before admission was examined later"
    - "A representative received the medicines of a month"
    - "A newborn was served under the mother's number"
    - "Day hospital or hospital at home: the patient may come to the clinic"
    - "Examined elsewhere at the hospital's request"
---*/
WITH stay AS (
  SELECT t.service_id, t.person_id, t.provider_id, t.started_on, t.ended_on
  FROM known_service AS t
  JOIN list_care_forms AS f
    ON f.care_form = t.care_form AND f.stay AND t.started_on BETWEEN f.from_day AND f.to_day
   AND (NOT f.needs_bed_days OR t.bed_days > 0)
  WHERE t.ended_on - t.started_on > 1
    AND NOT t.newborn
    AND COALESCE(t.setting, 'ordinary') <> 'home'
),
inside AS (
  SELECT s.service_id, s.person_id, s.care_form, s.started_on, s.service_code, s.diagnosis, s.setting, s.medicine_code,
         h.service_id AS stay_id, h.provider_id AS hospital_id, h.started_on AS admitted_on, h.ended_on AS discharged_on
  FROM stay AS h
  JOIN monitored_service AS s
    ON s.person_id = h.person_id
   AND s.started_on > h.started_on
   AND s.started_on < h.ended_on
   AND s.provider_id <> h.provider_id
  WHERE NOT s.newborn
),
pair AS (
  SELECT s.service_id, s.person_id, s.care_form, s.started_on, s.service_code, s.diagnosis, s.setting, s.medicine_code, s.hospital_id, s.admitted_on, s.discharged_on,
         ROW_NUMBER() OVER (PARTITION BY s.service_id ORDER BY s.admitted_on, s.stay_id) AS place
  FROM inside AS s
  JOIN list_care_forms AS f
    ON f.care_form = s.care_form AND f.outpatient AND s.started_on BETWEEN f.from_day AND f.to_day
  JOIN list_code_care_forms AS c
    ON c.code = '5.1' AND c.care_form = s.care_form AND s.started_on BETWEEN c.from_day AND c.to_day
)
SELECT p.service_id, p.person_id, p.started_on, p.hospital_id, p.admitted_on, p.discharged_on
FROM pair AS p
LEFT JOIN list_allowed_during_stay AS a
  ON p.started_on BETWEEN a.from_day AND a.to_day
 AND (a.care_form IS NULL OR a.care_form = p.care_form)
 AND (a.service_prefix IS NULL OR p.service_code LIKE a.service_prefix || '%')
 AND (a.diagnosis_prefix IS NULL OR p.diagnosis LIKE a.diagnosis_prefix || '%')
 AND (a.setting IS NULL OR a.setting = p.setting)
 AND (a.medicine IS NULL OR a.medicine = (p.medicine_code IS NOT NULL))
 AND (a.max_days IS NULL OR p.started_on - p.admitted_on <= a.max_days)
WHERE p.place = 1
  AND a.from_day IS NULL
