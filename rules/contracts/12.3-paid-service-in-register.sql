/*---
code: "12.3"
kind: potential
state: on
title:
  kk: "Ақылы негізде көрсетілген медициналық қызмет шот-тізілімге енгізілген"
  ru: "В счёт-реестр включена медицинская услуга, оказанная на платной основе"
  en: "A service provided for a fee entered in the account-register"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.12.3]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Пациент қызметтің бүкіл құнын төлеген ({patient_paid}), Қорға да {amount} ұсынылған"
  ru: "Пациент оплатил полную стоимость услуги ({patient_paid}), Фонду тоже предъявлено {amount}"
  en: "The patient paid the whole price ({patient_paid}), and {amount} was billed to the Fund too"
honest_reasons:
  kk:
    - "Ақша пациентке қайтарылған, жол Қорға ұсынылған"
    - "Төленген сома ішінара: бірлескен төлем"
    - "Төлем сомасы қате енгізілген"
  ru:
    - "Деньги возвращены пациенту, строка предъявлена Фонду"
    - "Уплачена часть: сооплата"
    - "Сумма оплаты внесена ошибочно"
  en:
    - "The money was returned to the patient and the line billed to the Fund"
    - "Only a part was paid: a co-payment"
    - "The sum paid was entered by mistake"
---*/
SELECT s.service_id, s.person_id, s.patient_paid, s.amount
FROM monitored_service AS s
WHERE s.patient_paid > 0
  AND s.patient_paid >= s.amount
  AND s.amount > 0
