/*---
code: "1.3"
kind: potential
state: on
title:
  kk: "Өнім берушінің қызмет көрсетілген күні осы көмек нысанына лицензиясы болмаған"
  ru: "У поставщика не было лицензии на эту форму помощи в день услуги"
  en: "The provider held no licence for this form of care on the day"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.1.3]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on} күні БСН {provider_id} ұйымының «{care_form}» нысанына лицензиясы тізілімде жоқ"
  ru: "На {started_on} в реестре нет лицензии организации БИН {provider_id} на форму «{care_form}»"
  en: "On {started_on} the register holds no licence of {provider_id} for the form {care_form}"
honest_reasons:
  kk:
    - "Лицензия қызмет күні күшінде болған, соңғы күні де саналады"
    - "Ұйым қайта құрылып, лицензия жаңа БСН-ге көшірілген"
    - "Лицензиялар тізілімі кеш жаңартылған"
  ru:
    - "Лицензия действовала в день услуги, последний день включается"
    - "Организация преобразована, лицензия переоформлена на новый БИН"
    - "Реестр лицензий обновлён с опозданием"
  en:
    - "The licence was in force on the day, its last day included"
    - "The organisation was transformed and the licence moved to a new number"
    - "The register of licences was updated late"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.provider_id, s.care_form
FROM monitored_service AS s
WHERE s.licensed = FALSE
