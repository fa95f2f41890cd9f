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
WITH placed AS (
    SELECT k.service_id, k.person_id, k.service_code, k.started_on, k.line_id, k.package,
           ROW_NUMBER() OVER same_again AS place,
           LAG(k.line_id) OVER same_again AS first_line,
           LAG(k.package) OVER same_again AS first_package
    FROM repeated_service AS k
    WHERE k.care_form IN ('phc', 'specialist', 'train', 'psychiatry', 'tuberculosis', 'hiv', 'pathology')
      AND k.medicine_code IS NULL
      AND k.newborn = FALSE
    WINDOW same_again AS (PARTITION BY k.person_id, k.service_code, k.started_on, k.provider_id, k.month, k.started_minute ORDER BY k.service_id)
)
SELECT p.service_id, p.person_id, p.service_code, p.started_on, p.first_line, p.first_package
FROM placed AS p
JOIN monitored_service AS s ON s.service_id = p.service_id AND s.person_id = p.person_id
LEFT JOIN list_repeatable_services AS r
       ON r.service_code = p.service_code AND p.started_on BETWEEN r.from_day AND r.to_day
WHERE p.package <> p.first_package
  AND p.line_id <> p.first_line
  AND p.place > COALESCE(r.max_per_day, 1)
