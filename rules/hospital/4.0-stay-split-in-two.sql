/*---
code: "4.0"
kind: potential
state: on
title:
  kk: "Бір өнім берушіде бір емделген жағдай екіге бөлінген"
  ru: "Один пролеченный случай у одного поставщика разделён на два"
  en: "One treated case split in two at one provider"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.4.0]
look_back: 93
reach: person
statistical: false
evidence:
  kk: "{previous_discharge} күні шығарылып ({previous_diagnosis}), {started_on} күні сол өнім берушіге қайта жатқызылған ({diagnosis})"
  ru: "Выписан {previous_discharge} ({previous_diagnosis}) и {started_on} снова принят тем же поставщиком ({diagnosis})"
  en: "Discharged on {previous_discharge} ({previous_diagnosis}) and admitted again by the same provider on {started_on} ({diagnosis})"
honest_reasons:
  kk:
    - "Ауыстыру: бір эпизод"
    - "Шығарылғаннан кейін жаңа ауру немесе жарақат бойынша шұғыл жатқызу"
    - "Төлемі өзгеше келесі кезең: оңалту, паллиативтік көмек"
    - "Жоспарлы курс немесе жүктілік"
    - "Анасының ЖСН-імен тіркелген нәресте"
  ru:
    - "Перевод: один эпизод"
    - "Экстренная госпитализация с новой болезнью или травмой после выписки"
    - "Следующий этап с иной оплатой: реабилитация, паллиативная помощь"
    - "Плановый курс или беременность"
    - "Новорождённый, записанный под ИИН матери"
  en:
    - "Transfer: one episode"
    - "Emergency admission with a new disease or injury after discharge"
    - "The next stage is paid otherwise: rehabilitation, palliative care"
    - "Planned series or pregnancy"
    - "Newborn recorded under its mother's number"
---*/
WITH parts AS (
    SELECT s.service_id, s.person_id, s.started_on, s.diagnosis, p.ended_on AS previous_discharge, p.diagnosis AS previous_diagnosis,
           ROW_NUMBER() OVER (PARTITION BY s.service_id ORDER BY p.ended_on DESC, p.service_id DESC) AS place
    FROM monitored_service AS s
    JOIN known_service AS p
      ON p.person_id = s.person_id AND p.provider_id = s.provider_id AND p.care_form = s.care_form
    JOIN list_stay_bounds AS b
      ON b.name = 'split_days' AND s.started_on BETWEEN b.from_day AND b.to_day
    LEFT JOIN list_planned_series AS e
           ON LEFT(s.diagnosis, 3) BETWEEN e.first_group AND e.last_group
          AND s.started_on BETWEEN e.from_day AND e.to_day
          AND (e.planned_only = FALSE OR COALESCE(s.urgency, 'planned') = 'planned')
    WHERE s.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met', 'rural')
      AND p.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met', 'rural')
      AND (s.care_form <> 'rural' OR (s.bed_days > 0 AND p.bed_days > 0))
      AND s.medicine_code IS NULL AND p.medicine_code IS NULL
      AND s.newborn = FALSE AND p.newborn = FALSE
      AND COALESCE(s.provider_palliative, FALSE) = FALSE
      AND COALESCE(s.outcome, '') <> 'refused'
      AND COALESCE(p.outcome, '') NOT IN ('transferred', 'left', 'refused', 'died')
      AND s.service_id <> p.service_id
      AND p.started_on < s.started_on
      AND s.started_on - p.ended_on BETWEEN 0 AND b.value
      AND (s.started_on = p.ended_on OR LEFT(s.diagnosis, 3) <> LEFT(p.diagnosis, 3))
      AND (LEFT(s.diagnosis, 3) = LEFT(p.diagnosis, 3) OR COALESCE(s.urgency, 'planned') = 'planned')
      AND e.first_group IS NULL
)
SELECT h.service_id, h.person_id, h.started_on, h.diagnosis, h.previous_discharge, h.previous_diagnosis
FROM parts AS h
WHERE h.place = 1
