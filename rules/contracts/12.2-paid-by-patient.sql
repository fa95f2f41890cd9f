/*---
code: "12.2"
kind: potential
state: on
title:
  kk: "Медициналық көмек көрсету кезінде пациенттің ақшалай қаражаты тартылған"
  ru: "При оказании медицинской помощи привлечены денежные средства пациента"
  en: "The patient's money was taken for care that the Fund pays"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.12.2]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Пациент {patient_paid} төлеген, Қорға {amount} ұсынылған"
  ru: "Пациент заплатил {patient_paid}, Фонду предъявлено {amount}"
  en: "The patient paid {patient_paid}, {amount} was billed to the Fund"
honest_reasons:
  kk:
    - "Шекті бағадан жоғары дәріге пациенттің бірлескен төлемі"
    - "Пациент өз қалауымен қосымша жайлылыққа төлеген"
    - "Ақша пациентке қайтарылған"
  ru:
    - "Сооплата пациента за лекарство дороже предельной цены"
    - "Пациент по своему желанию оплатил дополнительный комфорт"
    - "Деньги возвращены пациенту"
  en:
    - "Co-payment for a medicine dearer than the marginal price"
    - "The patient paid for more comfort at his own wish"
    - "The money was returned to the patient"
---*/
SELECT s.service_id, s.person_id, s.patient_paid, s.amount
FROM monitored_service AS s
LEFT JOIN list_copayments AS c
       ON (c.service_code = s.service_code OR c.atc = LEFT(s.medicine_code, 7))
      AND s.started_on BETWEEN c.from_day AND c.to_day
      AND s.patient_paid * CAST(100 AS BIGINT) <= s.amount * CAST(c.max_percent AS BIGINT)
WHERE s.patient_paid > 0
  AND s.patient_paid < s.amount
  AND c.max_percent IS NULL
