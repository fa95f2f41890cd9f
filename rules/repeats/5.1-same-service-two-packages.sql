/*---
code: "5.1"
kind: potential
state: on
title:
  kk: "Бір күнгі бір қызмет ТМККК және МӘМС бойынша қатар төлемге ұсынылған"
  ru: "Одна услуга за один день предъявлена и по ГОБМП, и по ОСМС"
  en: "One service of one day billed both to the guaranteed package and to insurance"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.1]
look_back: 0
reach: person
statistical: false
evidence:
  kk: "{service_code} қызметі {started_on} күні {first_line} жолында {first_package} пакеті бойынша бар"
  ru: "Услуга {service_code} за {started_on} уже есть в строке {first_line} по пакету {first_package}"
  en: "Service {service_code} of {started_on} stands already in line {first_line} under package {first_package}"
honest_reasons:
  kk:
    - "Қайталануы табиғи қызмет: диализ, химиотерапия, физиотерапия, жараны таңу, инъекция"
    - "Қызмет күннің әр уақытында екі рет көрсетілген"
    - "Қате жол түзетіліп, сол жол нөмірімен қайта берілген"
    - "Анасының ЖСН-імен тіркелген егіздерге көрсетілген қызмет"
  ru:
    - "Повторение естественно: диализ, химиотерапия, физиотерапия, перевязки, инъекции"
    - "Услуга оказана дважды в разное время дня"
    - "Исправленная строка подана повторно под тем же номером"
    - "Услуга оказана близнецам, записанным под ИИН матери"
  en:
    - "Repetition is natural: dialysis, chemotherapy, physiotherapy, dressing, injections"
    - "The service was given twice at different hours of the day"
    - "A corrected line was sent again under the same line id"
    - "The service was given to twins recorded under their mother's number"
---*/
WITH met AS (
    SELECT k.person_id, k.service_code, k.started_on, k.provider_id,
           ROW_NUMBER() OVER (PARTITION BY k.person_id, k.service_code, k.started_on, k.provider_id ORDER BY k.service_id) AS place
    FROM known_service AS k
    WHERE k.service_code <> ''
      AND k.care_form IN ('phc', 'specialist', 'train', 'psychiatry', 'tuberculosis', 'hiv', 'pathology')
      AND k.medicine_code IS NULL
      AND k.newborn = FALSE
), met_again AS (
    SELECT DISTINCT m.person_id, m.service_code, m.started_on, m.provider_id
    FROM met AS m
    WHERE m.place > 1
), placed AS (
    SELECT k.service_id, k.person_id, k.service_code, k.started_on, k.line_id, k.package,
           ROW_NUMBER() OVER (PARTITION BY k.person_id, k.service_code, k.started_on, k.provider_id, k.started_minute ORDER BY k.service_id) AS place,
           LAG(k.line_id) OVER (PARTITION BY k.person_id, k.service_code, k.started_on, k.provider_id, k.started_minute ORDER BY k.service_id) AS first_line,
           LAG(k.package) OVER (PARTITION BY k.person_id, k.service_code, k.started_on, k.provider_id, k.started_minute ORDER BY k.service_id) AS first_package
    FROM met_again AS a
    JOIN known_service AS k
      ON k.person_id = a.person_id AND k.service_code = a.service_code AND k.started_on = a.started_on AND k.provider_id = a.provider_id
    WHERE k.care_form IN ('phc', 'specialist', 'train', 'psychiatry', 'tuberculosis', 'hiv', 'pathology')
      AND k.medicine_code IS NULL
      AND k.newborn = FALSE
)
SELECT p.service_id, p.person_id, p.service_code, p.started_on, p.first_line, p.first_package
FROM placed AS p
JOIN monitored_service AS s ON s.service_id = p.service_id AND s.person_id = p.person_id
LEFT JOIN list_repeatable_services AS r
       ON r.service_code = p.service_code AND p.started_on BETWEEN r.from_day AND r.to_day
WHERE p.package <> p.first_package
  AND p.line_id <> p.first_line
  AND p.place > COALESCE(r.max_per_day, 1)
