/*---
code: "5.2"
kind: potential
state: on
title:
  kk: "Пациент МСАК ұйымына өз өтінішінсіз бекітілген"
  ru: "Пациент прикреплён к организации ПМСП без своего заявления"
  en: "The patient was attached to the primary care organisation without an application"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.2]
look_back: 0
reach: person
statistical: true
evidence:
  kk: "Пациент {attached_on} күні БСН {provider_id} ұйымына бекітілген, өз өтініші тізілімде жоқ"
  ru: "Пациент прикреплён {attached_on} к организации БИН {provider_id}, его заявления в регистре нет"
  en: "The patient was attached to {provider_id} on {attached_on}, the register holds no application"
honest_reasons:
  kk:
    - "Бір жасқа толмаған баланы ата-анасының өтінішімен бекіткен"
    - "Ұйым жабылып, халық денсаулық сақтауды жергілікті басқару органының шешімімен қайта бекітілген"
    - "Өтініш қағаз түрінде берілген, тізілімге енгізілмеген"
    - "Бекіту бұрынғы айда болған"
  ru:
    - "Ребёнок до года прикреплён по заявлению родителей"
    - "Организация закрыта, население перераспределено решением местного органа управления здравоохранением"
    - "Заявление подано на бумаге и не внесено в регистр"
    - "Прикрепление произошло в прежнем месяце"
  en:
    - "A child under one year was attached on the parents' application"
    - "The organisation closed and the people were reassigned by the local health authority"
    - "The application was on paper and was not entered"
    - "The attachment happened in an earlier month"
---*/
WITH attached AS (
  SELECT s.service_id, s.person_id, s.provider_id, s.attached_on,
         ROW_NUMBER() OVER (PARTITION BY s.person_id, s.provider_id ORDER BY s.started_on, s.service_id) AS place
  FROM monitored_service AS s
  LEFT JOIN legal_value AS v
    ON v.name = 'infant_age' AND s.started_on BETWEEN v.from_day AND v.to_day
  WHERE s.care_form = 'phc'
    AND s.attached_by_application = FALSE
    AND s.attached_to = s.provider_id
    AND s.attached_on >= s.month
    AND NOT s.newborn
    AND COALESCE(s.age_years, v.value) >= v.value
)
SELECT a.service_id, a.person_id, a.attached_on, a.provider_id
FROM attached AS a
WHERE a.place = 1
