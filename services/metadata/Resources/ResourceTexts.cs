using System.Collections.Frozen;

namespace Platform.Metadata.Resources;

/// <summary>What the platform's own resources and fields are called, in English, German and Russian.</summary>
internal static class ResourceTexts
{
    private static readonly FrozenDictionary<string, (string Path, Words One, Words Many)> Resources = new Dictionary<string, (string, Words, Words)>
    {
        ["contacts.lead"] = ("/api/v1/contacts/leads", new("Lead", "Lead", "Лид"), new("Leads", "Leads", "Лиды")),
        ["contacts.person"] = ("/api/v1/contacts/people", new("Person", "Person", "Человек"), new("People", "Personen", "Люди")),
        ["contacts.company"] = ("/api/v1/contacts/companies", new("Company", "Firma", "Компания"), new("Companies", "Firmen", "Компании")),
        ["contacts.activity"] = ("/api/v1/contacts/activities", new("Activity", "Aktivität", "Активность"), new("Activities", "Aktivitäten", "Активности")),
        ["deals.deal"] = ("/api/v1/deals", new("Deal", "Geschäft", "Сделка"), new("Deals", "Geschäfte", "Сделки")),
        ["deals.quote"] = ("/api/v1/quotes", new("Quote", "Angebot", "Предложение"), new("Quotes", "Angebote", "Предложения")),
        ["finance.invoice"] = ("/api/v1/finance/invoices", new("Invoice", "Rechnung", "Счёт"), new("Invoices", "Rechnungen", "Счета")),
        ["inventory.product"] = ("/api/v1/inventory/products", new("Product", "Produkt", "Товар"), new("Products", "Produkte", "Товары")),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // English is the name itself where nothing else is said.
    private static readonly FrozenDictionary<string, Words> Fields = new Dictionary<string, Words>
    {
        ["id"] = new("ID", "ID", "Идентификатор"),
        ["etag"] = new("Version", "Version", "Версия"),
        ["first_name"] = new("First name", "Vorname", "Имя"),
        ["last_name"] = new("Last name", "Nachname", "Фамилия"),
        ["name"] = new("Name", "Name", "Название"),
        ["email"] = new("E-mail", "E-Mail", "Эл. почта"),
        ["phone"] = new("Phone", "Telefon", "Телефон"),
        ["phone_e164"] = new("Phone in international form", "Telefon, international", "Телефон в международном формате"),
        ["other_emails"] = new("Other e-mails", "Weitere E-Mails", "Другие адреса эл. почты"),
        ["other_phones"] = new("Other phones", "Weitere Telefonnummern", "Другие телефоны"),
        ["other_addresses"] = new("Other addresses", "Weitere Adressen", "Другие адреса"),
        ["job_title"] = new("Job title", "Funktion", "Должность"),
        ["company_id"] = new("Company", "Firma", "Компания"),
        ["company_name"] = new("Company", "Firma", "Компания"),
        ["person_id"] = new("Person", "Person", "Человек"),
        ["owner_id"] = new("Owner", "Zuständig", "Ответственный"),
        ["language"] = new("Language", "Sprache", "Язык"),
        ["address"] = new("Address", "Adresse", "Адрес"),
        ["website"] = new("Website", "Website", "Сайт"),
        ["tax_number"] = new("VAT number", "USt-IdNr.", "Налоговый номер"),
        ["source"] = new("Source", "Quelle", "Источник"),
        ["status"] = new("Status", "Status", "Статус"),
        ["score"] = new("Score", "Punktzahl", "Баллы"),
        ["converted_person_id"] = new("Became the person", "Wurde zur Person", "Стал человеком"),
        ["converted_company_id"] = new("Became the company", "Wurde zur Firma", "Стал компанией"),
        ["converted_deal_id"] = new("Became the deal", "Wurde zum Geschäft", "Стал сделкой"),
        ["consents"] = new("Consents", "Einwilligungen", "Согласия"),
        ["convert_time"] = new("Converted at", "Umgewandelt am", "Преобразован"),
        ["currency"] = new("Currency", "Währung", "Валюта"),
        ["amount"] = new("Amount", "Betrag", "Сумма"),
        ["amount_estimate"] = new("Estimated amount", "Geschätzter Betrag", "Ожидаемая сумма"),
        ["expected_revenue"] = new("Expected revenue", "Erwarteter Umsatz", "Ожидаемая выручка"),
        ["probability"] = new("Probability", "Wahrscheinlichkeit", "Вероятность"),
        ["close_date"] = new("Close date", "Abschlussdatum", "Дата закрытия"),
        ["close_time"] = new("Closed at", "Abgeschlossen am", "Закрыта"),
        ["amount_mode"] = new("Amount is", "Betrag ist", "Сумма — это"),
        ["one_off_amount"] = new("One-off amount", "Einmaliger Betrag", "Разовая сумма"),
        ["monthly_recurring"] = new("Monthly recurring (MRR)", "Monatlich wiederkehrend (MRR)", "Ежемесячно (MRR)"),
        ["yearly_recurring"] = new("Yearly recurring (ARR)", "Jährlich wiederkehrend (ARR)", "Ежегодно (ARR)"),
        ["revision"] = new("Revision", "Fassung", "Редакция"),
        ["previous_id"] = new("Revision before", "Fassung davor", "Предыдущая редакция"),
        ["seller"] = new("Seller", "Verkäufer", "Продавец"),
        ["buyer"] = new("Buyer", "Käufer", "Покупатель"),
        ["tax_rounding"] = new("Rounding of tax", "Rundung der Steuer", "Округление налога"),
        ["tax_subtotals"] = new("Tax by rate", "Steuer nach Satz", "Налог по ставкам"),
        ["expire_date"] = new("Valid until", "Gültig bis", "Действует до"),
        ["expire_time"] = new("Expires at", "Läuft ab am", "Истекает"),
        ["time_zone"] = new("Time zone", "Zeitzone", "Часовой пояс"),
        ["introduction"] = new("Introduction", "Einleitung", "Вступление"),
        ["terms"] = new("Terms", "Bedingungen", "Условия"),
        ["wins_deal"] = new("Wins the deal", "Gewinnt das Geschäft", "Выигрывает сделку"),
        ["send_time"] = new("Sent at", "Gesendet am", "Отправлено"),
        ["content_hash"] = new("Hash of the content", "Prüfsumme des Inhalts", "Хеш содержания"),
        ["answer"] = new("Answer", "Antwort", "Ответ"),
        ["line_items"] = new("Line items", "Positionen", "Позиции"),
        ["competitors"] = new("Competitors", "Mitbewerber", "Конкуренты"),
        ["team"] = new("Team", "Team", "Команда"),
        ["splits"] = new("Credit splits", "Aufteilung des Erfolgs", "Разделение заслуг"),
        ["lost_reason"] = new("Lost because", "Verlustgrund", "Причина отказа"),
        ["pipeline_id"] = new("Pipeline", "Pipeline", "Воронка"),
        ["stage_id"] = new("Stage", "Phase", "Этап"),
        ["forecast_category"] = new("Forecast category", "Prognosekategorie", "Категория прогноза"),
        ["stage_change_time"] = new("In its stage since", "In der Phase seit", "На этапе с"),
        ["rotting_since"] = new("Rotting since", "Verwaist seit", "Залёживается с"),
        ["loss_reason_id"] = new("Loss reason", "Grund des Verlusts", "Причина проигрыша"),
        ["next_step"] = new("Next step", "Nächster Schritt", "Следующий шаг"),
        ["contacts"] = new("People with a say", "Wer mitentscheidet", "Кто участвует в решении"),
        ["team_id"] = new("Team of the company", "Team der Firma", "Команда компании"),
        ["next_step_date"] = new("Next step by", "Nächster Schritt bis", "Следующий шаг до"),
        ["number"] = new("Number", "Nummer", "Номер"),
        ["issue_date"] = new("Issue date", "Rechnungsdatum", "Дата счёта"),
        ["due_date"] = new("Due date", "Fällig am", "Срок оплаты"),
        ["net_total"] = new("Net total", "Nettosumme", "Сумма без налога"),
        ["tax_total"] = new("Tax total", "Steuersumme", "Сумма налога"),
        ["total"] = new("Total", "Gesamtsumme", "Итого"),
        ["amount_due"] = new("Amount due", "Offener Betrag", "К оплате"),
        ["issue_time"] = new("Issued at", "Ausgestellt am", "Выставлен"),
        ["lines"] = new("Line items", "Positionen", "Позиции"),
        ["source_type"] = new("Kind of origin", "Art der Herkunft", "Вид основания"),
        ["source_id"] = new("Origin", "Herkunft", "Основание"),
        ["buyer_company_id"] = new("Customer", "Kunde", "Клиент"),
        ["buyer_person_id"] = new("Customer's person", "Person beim Kunden", "Контакт клиента"),
        ["credit_note_id"] = new("Credit note", "Gutschrift", "Кредит-нота"),
        ["flag_code"] = new("Needs attention: kind", "Handlungsbedarf: Art", "Требует внимания: вид"),
        ["flag_reason"] = new("Needs attention because", "Handlungsbedarf, weil", "Требует внимания, потому что"),
        ["reporting_amount"] = new("Amount in the company's currency", "Betrag in der Währung der Firma", "Сумма в валюте компании"),
        ["reporting_total"] = new("Total in the company's currency", "Gesamtsumme in der Währung der Firma", "Итого в валюте компании"),
        ["reporting_rate"] = new("Exchange rate", "Wechselkurs", "Курс валюты"),
        ["lead_id"] = new("Lead", "Lead", "Лид"),
        ["deal_id"] = new("Deal", "Geschäft", "Сделка"),
        ["kind"] = new("Kind", "Art", "Вид"),
        ["subject"] = new("Subject", "Betreff", "Тема"),
        ["body"] = new("Text", "Text", "Текст"),
        ["occur_time"] = new("Takes place at", "Findet statt am", "Происходит"),
        ["priority"] = new("Priority", "Priorität", "Приоритет"),
        ["due_time"] = new("Due at", "Fällig am", "Срок"),
        ["duration_minutes"] = new("Minutes", "Minuten", "Минут"),
        ["participant_person_ids"] = new("People who take part", "Teilnehmende Personen", "Участники: люди"),
        ["participant_user_ids"] = new("Members who take part", "Teilnehmende Mitglieder", "Участники: сотрудники"),
        ["participant_emails"] = new("Others who take part", "Weitere Teilnehmende", "Другие участники"),
        ["mentioned_user_ids"] = new("Members who are mentioned", "Erwähnte Mitglieder", "Упомянутые сотрудники"),
        ["assignee_id"] = new("Assigned to", "Zugewiesen an", "Исполнитель"),
        ["remind_time"] = new("Reminder at", "Erinnerung am", "Напоминание"),
        ["complete_time"] = new("Done at", "Erledigt am", "Выполнено"),
        ["code"] = new("Code", "Artikelnummer", "Код"),
        ["description"] = new("Description", "Beschreibung", "Описание"),
        ["unit"] = new("Unit (UN/ECE Rec 20)", "Einheit (UN/ECE Rec 20)", "Единица (UN/ECE Rec 20)"),
        ["tax_category"] = new("VAT category", "Steuerkategorie", "Категория НДС"),
        ["tax_rate"] = new("VAT rate, %", "Steuersatz, %", "Ставка НДС, %"),
        ["recurrence"] = new("Sold", "Verkauf", "Продаётся"),
        ["default_term"] = new("Usual term", "Übliche Laufzeit", "Обычный срок"),
        ["active"] = new("Active", "Aktiv", "Активен"),
        ["create_time"] = new("Created at", "Angelegt am", "Создано"),
        ["update_time"] = new("Changed at", "Geändert am", "Изменено"),
        ["delete_time"] = new("Deleted at", "Gelöscht am", "Удалено"),
        ["purge_time"] = new("Gone for good at", "Endgültig weg am", "Исчезнет навсегда"),
        ["custom_fields"] = new("Custom fields", "Eigene Felder", "Свои поля"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string PathOf(string resource) => Resources[resource].Path;

    public static string LabelOf(string resource, string language) => Resources[resource].One.In(language);

    public static string PluralOf(string resource, string language) => Resources[resource].Many.In(language);

    public static string FieldLabel(string field, string language) => Fields.TryGetValue(field, out var words) ? words.In(language) : Sentence(field);

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    private sealed record Words(string English, string German, string Russian)
    {
        public string In(string language) => language switch
        {
            "de" => German,
            "ru" => Russian,
            _ => English,
        };
    }
}
