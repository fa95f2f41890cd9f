/*---
code: "5.1"
kind: potential
state: on
title:
  kk: "Өнім беруші бір күнгі бір қызметті шот-тізілімге екі рет қосқан"
  ru: "Одна услуга включена поставщиком в счёт-реестр дважды за один день"
  en: "One service entered twice in the account-register by one provider for one day"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.1]
look_back: 0
reach: person
statistical: false
evidence:
  kk: "{service_code} қызметі {started_on} күні {first_line} жолында бар; бұл {place}-жол"
  ru: "Услуга {service_code} за {started_on} уже есть в строке {first_line}; это {place}-я строка"
  en: "Service {service_code} of {started_on} stands already in line {first_line}; this is line {place}"
honest_reasons:
  kk:
    - "Қайталануы табиғи қызмет: диализ, химиотерапия, физиотерапия, жараны таңу, инъекция"
    - "Қызмет күннің әр уақытында екі рет көрсетілген"
    - "Қате жол түзетіліп, сол жол нөмірімен қайта берілген"
    - "Анасының ЖСН-імен тіркелген егіздерге көрсетілген қызмет"
    - "Бір кодпен екі мүше немесе екі аймақ зерттелген"
  ru:
    - "Повторение естественно: диализ, химиотерапия, физиотерапия, перевязки, инъекции"
    - "Услуга оказана дважды в разное время дня"
    - "Исправленная строка подана повторно под тем же номером"
    - "Услуга оказана близнецам, записанным под ИИН матери"
    - "Под одним кодом исследованы два органа или две области"
  en:
    - "Repetition is natural: dialysis, chemotherapy, physiotherapy, dressing, injections"
    - "The service was given twice at different hours of the day"
    - "A corrected line was sent again under the same line id"
    - "The service was given to twins recorded under their mother's number"
    - "Two organs or two areas were examined under one code"
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
SELECT p.service_id, p.person_id, p.service_code, p.started_on, p.first_line, p.place
FROM placed AS p
JOIN monitored_service AS s ON s.service_id = p.service_id AND s.person_id = p.person_id
LEFT JOIN list_repeatable_services AS r
       ON r.service_code = p.service_code AND p.started_on BETWEEN r.from_day AND r.to_day
WHERE p.place > 1
  AND p.package = p.first_package
  AND p.line_id <> p.first_line
  AND p.place > COALESCE(r.max_per_day, 1)
