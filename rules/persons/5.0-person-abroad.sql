/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Қызмет пациент шетелде болған күні көрсетілген"
  ru: "Услуга оказана, когда пациент находился за границей"
  en: "Service rendered while the patient was abroad"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Қызмет {started_on} күні көрсетілген, пациент {left_on}–{returned_on} аралығында шетелде болған"
  ru: "Услуга оказана {started_on}, пациент находился за границей с {left_on} по {returned_on}"
  en: "Service on {started_on}, the patient was abroad from {left_on} to {returned_on}"
honest_reasons:
  kk:
    - "Кеткен және оралған күні қызмет көрсетілуі мүмкін"
    - "Қашықтан консультация"
    - "Кеткенге дейін алынған материал кейін зерттелген"
    - "Бір айға арналған дәрілік затты өкілі алған"
    - "Шекарадан өту басқа құжатпен тіркелген"
  ru:
    - "В день выезда и въезда услуга возможна"
    - "Дистанционная консультация"
    - "Материал, взятый до отъезда, исследован позже"
    - "Лекарство на месяц получил представитель"
    - "Пересечение границы отмечено по другому документу"
  en:
    - "A service is possible on the day of leaving or of return"
    - "A remote consultation"
    - "Material taken before departure was examined later"
    - "A representative received the medicines of a month"
    - "The border was crossed with another document"
---*/
WITH away AS (
  SELECT s.service_id, s.person_id, s.started_on, s.service_code, s.setting, s.medicine_code,
         MIN(a.from_day) AS left_on, MAX(a.to_day) AS returned_on
  FROM monitored_service AS s
  JOIN absence AS a
    ON a.person_id = s.person_id AND s.started_on > a.from_day AND s.started_on < a.to_day
  WHERE s.abroad
  GROUP BY s.service_id, s.person_id, s.started_on, s.service_code, s.setting, s.medicine_code
)
SELECT w.service_id, w.person_id, w.started_on, w.left_on, w.returned_on
FROM away AS w
LEFT JOIN list_abroad_exempt AS e
  ON w.started_on BETWEEN e.from_day AND e.to_day
 AND (e.service_prefix IS NULL OR w.service_code LIKE e.service_prefix || '%')
 AND (e.setting IS NULL OR e.setting = w.setting)
 AND (e.medicine IS NULL OR e.medicine = (w.medicine_code IS NOT NULL))
 AND (e.max_days IS NULL OR w.started_on - w.left_on <= e.max_days)
WHERE e.from_day IS NULL
