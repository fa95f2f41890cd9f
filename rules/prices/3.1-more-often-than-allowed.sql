/*---
code: "3.1"
kind: potential
state: on
title:
  kk: "Қызмет белгіленген мерзімділіктен жиі көрсетілген"
  ru: "Услуга оказана чаще установленной периодичности"
  en: "Service given more often than its interval allows"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.1]
look_back: 1430
reach: person
statistical: false
evidence:
  kk: "{service_code}: {window_days} күн ішінде бұған дейін {earlier} рет көрсетілген, соңғысы {last_on}; рұқсат етілгені {max_count}"
  ru: "{service_code}: за {window_days} дн. уже оказана (число раз: {earlier}), в последний раз {last_on}; допускается {max_count}"
  en: "{service_code}: given {earlier} times already within {window_days} days, last on {last_on}; allowed {max_count}"
reason:
  kk: "{service_code} қызметі белгіленген мерзімділіктен жиі көрсетілген, алдыңғысы {last_on} күні болған"
  ru: "Услуга {service_code} оказана чаще установленной периодичности, предыдущая – {last_on}"
  en: "Service {service_code} was given more often than its interval allows, the one before on {last_on}"
honest_reasons:
  kk:
    - "Ауруды бақылау: ісік, жарақат, жүктілік, дисплазия"
    - "Шұғыл жағдай"
    - "Қате жол түзетіліп, сол жол нөмірімен қайта берілген"
    - "Алдыңғы зерттеу сапасыз болған"
  ru:
    - "Наблюдение болезни: опухоль, травма, беременность, дисплазия"
    - "Экстренный случай"
    - "Исправленная строка подана повторно под тем же номером"
    - "Предыдущее исследование было негодным"
  en:
    - "A disease is observed: neoplasm, injury, pregnancy, dysplasia"
    - "Emergency"
    - "A corrected line was sent again under the same line id"
    - "The earlier examination was of no use"
---*/
WITH listed AS (
    SELECT s.service_id, s.person_id, s.service_code, s.started_on, s.line_id, s.diagnosis, f.max_count, f.window_days
    FROM monitored_service AS s
    JOIN list_service_frequency AS f
      ON f.service_code = s.service_code AND s.started_on BETWEEN f.from_day AND f.to_day
    WHERE s.care_form IN ('phc', 'specialist', 'train', 'rural')
      AND COALESCE(s.urgency, 'planned') <> 'emergency'
      AND s.newborn = FALSE
), counted AS (
    SELECT l.service_id, l.person_id, l.service_code, l.diagnosis, l.started_on, l.max_count, l.window_days,
           COUNT(DISTINCT k.started_on) AS earlier, MAX(k.started_on) AS last_on
    FROM listed AS l
    JOIN known_service AS k
      ON k.person_id = l.person_id AND k.service_code = l.service_code
     AND k.started_on < l.started_on AND k.started_on >= l.started_on - l.window_days
     AND k.line_id <> l.line_id
    WHERE k.service_code IN (SELECT f.service_code FROM list_service_frequency AS f)
      AND k.care_form IN ('phc', 'specialist', 'train', 'rural')
    GROUP BY l.service_id, l.person_id, l.service_code, l.diagnosis, l.started_on, l.max_count, l.window_days
)
SELECT c.service_id, c.person_id, c.service_code, c.window_days, c.earlier, c.last_on, c.max_count
FROM counted AS c
LEFT JOIN list_frequency_exemptions AS e
       ON e.service_code = c.service_code AND LEFT(c.diagnosis, 3) BETWEEN e.first_group AND e.last_group
      AND c.started_on BETWEEN e.from_day AND e.to_day
WHERE c.earlier >= c.max_count
  AND e.service_code IS NULL
