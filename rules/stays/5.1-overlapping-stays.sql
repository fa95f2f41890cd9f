/*---
code: "5.1"
kind: potential
state: on
title:
  kk: "Екі емдеуге жатқызу уақыты қабаттасады"
  ru: "Две госпитализации пересекаются по времени"
  en: "Two stays overlap in time"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.1]
look_back: 92
reach: person
statistical: false
evidence:
  kk: "{started_on}–{ended_on} емдеуге жатқызу {other_started_on}–{other_ended_on} аралығындағы басқа жағдаймен (БСН {other_provider_id}) {overlap_days} күн қабаттасады"
  ru: "Госпитализация {started_on}–{ended_on} пересекается с другой ({other_started_on}–{other_ended_on}, БИН {other_provider_id}) на {overlap_days} дн."
  en: "The stay of {started_on} to {ended_on} overlaps another ({other_started_on} to {other_ended_on}, {other_provider_id}) by {overlap_days} days"
honest_reasons:
  kk:
    - "Бір ұйымнан шығып, сол күні басқасына түскен"
    - "Түнгі ауыстыру: екі ұйымның күндері бір күнге қабаттасады"
    - "Анасы мен оның ЖСН-імен жатқан нәресте"
    - "Бір жағдай екі жолмен төленеді: КШТ және нақты шығыстар"
    - "Диализ сериясы күндізгі стационар ретінде ұсынылған"
  ru:
    - "Выписан из одной организации и в тот же день поступил в другую"
    - "Ночной перевод: дни двух организаций пересекаются на день"
    - "Мать и новорождённый под её ИИН"
    - "Один случай оплачивается двумя строками: по КЗГ и по фактическим расходам"
    - "Серия диализа предъявлена как дневной стационар"
  en:
    - "Discharged from one organisation and admitted to another on the same day"
    - "A transfer by night: the days of two organisations overlap by one"
    - "A mother and the newborn under her number"
    - "One case is paid by two lines: by DRG and by actual costs"
    - "A series of dialysis is billed as day hospital"
---*/
WITH stay AS (
  SELECT t.service_id, t.person_id, t.provider_id, t.month, t.care_form, t.started_on, t.ended_on, t.outcome
  FROM known_service AS t
  JOIN list_care_forms AS f
    ON f.care_form = t.care_form AND f.stay AND t.started_on BETWEEN f.from_day AND f.to_day
   AND (NOT f.needs_bed_days OR t.bed_days > 0)
  LEFT JOIN list_allowed_during_stay AS a
    ON t.started_on BETWEEN a.from_day AND a.to_day
   AND a.setting IS NULL AND a.medicine IS NULL AND a.max_days IS NULL
   AND (a.care_form IS NULL OR a.care_form = t.care_form)
   AND (a.service_prefix IS NULL OR t.service_code LIKE a.service_prefix || '%')
   AND (a.diagnosis_prefix IS NULL OR t.diagnosis LIKE a.diagnosis_prefix || '%')
  WHERE t.ended_on > t.started_on
    AND NOT t.newborn
    AND a.from_day IS NULL
),
pair AS (
  SELECT s.service_id, s.person_id, s.started_on, s.ended_on,
         o.provider_id AS other_provider_id, o.started_on AS other_started_on, o.ended_on AS other_ended_on,
         LEAST(s.ended_on, o.ended_on) - GREATEST(s.started_on, o.started_on) AS overlap_days,
         CASE WHEN (s.started_on >= o.started_on AND o.outcome = 'transferred')
                OR (o.started_on >= s.started_on AND s.outcome = 'transferred') THEN 1 ELSE 0 END AS transfer,
         ROW_NUMBER() OVER (PARTITION BY s.service_id
           ORDER BY LEAST(s.ended_on, o.ended_on) - GREATEST(s.started_on, o.started_on) DESC, o.service_id) AS place
  FROM stay AS s
  JOIN stay AS o
    ON o.person_id = s.person_id
   AND o.started_on < s.ended_on
   AND s.started_on < o.ended_on
   AND (o.month < s.month
     OR (o.month = s.month AND o.started_on < s.started_on)
     OR (o.month = s.month AND o.started_on = s.started_on AND o.service_id < s.service_id))
   AND (o.provider_id <> s.provider_id OR o.started_on <> s.started_on)
)
SELECT p.service_id, p.person_id, p.started_on, p.ended_on, p.other_started_on, p.other_ended_on, p.other_provider_id, p.overlap_days
FROM pair AS p
JOIN monitored_service AS m ON m.service_id = p.service_id AND m.person_id = p.person_id
JOIN list_code_care_forms AS c
  ON c.code = '5.1' AND c.care_form = m.care_form AND p.started_on BETWEEN c.from_day AND c.to_day
JOIN list_data_limits AS l
  ON l.name = 'transfer_overlap' AND p.started_on BETWEEN l.from_day AND l.to_day
WHERE p.place = 1
  AND (p.transfer = 0 OR p.overlap_days > l.value)
