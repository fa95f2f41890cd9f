/*---
code: "5.1"
kind: potential
state: on
title:
  kk: "Өткен айда төлемге ұсынылған қызмет шот-тізілімге қайта қосылған"
  ru: "Услуга, предъявленная в прошлом месяце, включена в счёт-реестр повторно"
  en: "A service billed in an earlier month entered in the account-register again"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.1]
look_back: 93
reach: person
statistical: false
evidence:
  kk: "{started_on} күнгі {service_code} қызметі {earlier_month} басталған есепті айда {earlier_line} жолымен ұсынылған"
  ru: "Услуга {service_code} за {started_on} предъявлена в отчётном месяце, начавшемся {earlier_month}, строкой {earlier_line}"
  en: "Service {service_code} of {started_on} was billed in the month that began on {earlier_month}, in line {earlier_line}"
honest_reasons:
  kk:
    - "Жол кеш берілген, бірақ бірінші рет"
    - "Қате жол түзетіліп, сол жол нөмірімен қайта берілген"
    - "Қайталануы табиғи қызмет: диализ, химиотерапия, физиотерапия, жараны таңу, инъекция"
    - "Қызмет күннің әр уақытында екі рет көрсетілген"
    - "Бұрынғы жол төлемнен алынып тасталған"
  ru:
    - "Строка подана поздно, но впервые"
    - "Исправленная строка подана повторно под тем же номером"
    - "Повторение естественно: диализ, химиотерапия, физиотерапия, перевязки, инъекции"
    - "Услуга оказана дважды в разное время дня"
    - "Прежняя строка снята с оплаты"
  en:
    - "The line is late but is billed for the first time"
    - "A corrected line was sent again under the same line id"
    - "Repetition is natural: dialysis, chemotherapy, physiotherapy, dressing, injections"
    - "The service was given twice at different hours of the day"
    - "The earlier line was withdrawn from payment"
---*/
WITH again AS (
    SELECT s.service_id, s.person_id, s.service_code, s.started_on,
           k.month AS earlier_month, k.line_id AS earlier_line,
           ROW_NUMBER() OVER (PARTITION BY s.service_id ORDER BY k.month, k.service_id) AS place
    FROM belated_service AS s
    JOIN known_service AS k
      ON k.person_id = s.person_id AND k.provider_id = s.provider_id AND k.started_on = s.started_on AND k.ended_on = s.ended_on
    LEFT JOIN list_repeatable_services AS r
           ON r.service_code = s.service_code AND s.started_on BETWEEN r.from_day AND r.to_day
    WHERE s.care_form <> 'rural'
      AND s.newborn = FALSE
      AND k.month < s.month
      AND k.line_id <> s.line_id
      AND COALESCE(k.service_code, '') = COALESCE(s.service_code, '')
      AND COALESCE(k.medicine_code, '') = COALESCE(s.medicine_code, '')
      AND COALESCE(k.drg_code, '') = COALESCE(s.drg_code, '')
      AND COALESCE(k.started_minute, s.started_minute, 0) = COALESCE(s.started_minute, k.started_minute, 0)
      AND r.service_code IS NULL
)
SELECT a.service_id, a.person_id, COALESCE(a.service_code, '') AS service_code, a.started_on, a.earlier_month, a.earlier_line
FROM again AS a
JOIN monitored_service AS m ON m.service_id = a.service_id AND m.person_id = a.person_id
WHERE a.place = 1
