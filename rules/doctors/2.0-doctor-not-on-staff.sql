/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Дәрігер өнім берушінің қызметкерлер тізілімінде жоқ"
  ru: "Врача нет в регистре сотрудников поставщика"
  en: "The doctor is not on the provider's staff register"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "ЖСН {doctor_number} дәрігері БСН {provider_id} ұйымының тізілімінде жоқ"
  ru: "Врача с ИИН {doctor_number} нет в регистре организации БИН {provider_id}"
  en: "Doctor {doctor_number} is not on the staff register of {provider_id}"
honest_reasons:
  kk:
    - "Дәрігер бірлескен орындаушы ұйымнан шақырылған"
    - "Қызметкер жұмысқа қабылданды, тізілім әлі толықтырылмаған"
    - "Жолда дәрігер көрсетілмеген"
  ru:
    - "Врач приглашён из организации-соисполнителя"
    - "Сотрудник принят, регистр ещё не дополнен"
    - "В строке врач не указан"
  en:
    - "The doctor was called from a co-executing organisation"
    - "The employee was hired, the register is not yet completed"
    - "The line names no doctor"
---*/
SELECT s.service_id, s.person_id, s.doctor_id AS doctor_number, s.provider_id
FROM monitored_service AS s
WHERE s.doctor_known = FALSE
  AND s.doctor_id IS NOT NULL
