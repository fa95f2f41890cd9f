/*---
code: "11.0"
kind: potential
state: on
title:
  kk: "Медициналық көрсетілетін қызметтерді сатып алу шартына енгізілмеген қызмет"
  ru: "Услуга, не включённая в договор закупа медицинских услуг"
  en: "Service not included in the purchase contract"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:50, MON-321:A1.11.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{care_form} нысаны, {service_code} қызметі {contract} шартында жоқ ({package})"
  ru: "Форма {care_form}, услуга {service_code}: в договоре {contract} её нет ({package})"
  en: "Form {care_form}, service {service_code}: not in contract {contract} ({package})"
honest_reasons:
  kk:
    - "Шартқа қосымша келісім жасалған, тізілімге әлі енгізілмеген"
    - "Өнім беруші қайта ұйымдастырылған, шарт мұрагерге өткен"
    - "Шарттар тізілімі жүктелмеген"
  ru:
    - "Дополнительное соглашение подписано, но ещё не внесено"
    - "Поставщик реорганизован, договор перешёл правопреемнику"
    - "Реестр договоров не загружен"
  en:
    - "An amendment was signed and is not entered yet"
    - "The provider was reorganised and the contract passed to its successor"
    - "The register of contracts was not loaded"
---*/
SELECT s.service_id, s.person_id, s.care_form, COALESCE(s.service_code, COALESCE(s.drg_code, '')) AS service_code, COALESCE(s.contract, '') AS contract, s.package
FROM monitored_service AS s
WHERE s.contracted = FALSE
  AND s.care_form IN ('phc', 'specialist', 'train', 'drg', 'actual', 'bed_day', 'average', 'met', 'rural', 'pathology', 'blood')
