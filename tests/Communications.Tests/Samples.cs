using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.Finance.V1;

namespace Communications.Tests;

/// <summary>Documents as finance issues them; a model is the message in its JSON form.</summary>
internal static class Samples
{
    /// <summary>A model for the template.</summary>
    public static Struct Of(string template) => template switch
    {
        "invoice-issued" => Invoice(),
        "credit-note-issued" => CreditNote(),
        "bulk-job" => Texts(("state", "Succeeded"), ("operation", "Update"), ("total", "3"), ("done", "2"), ("failed", "1"), ("skipped", "0"), ("restored", "0"), ("kept", "0")),
        "activity-reminder" => Texts(("subject", "Call Hooli back"), ("date", "2026-11-27"), ("time", "09:30")),
        "new-device" => Texts(("name", "Lena Hoffmann"), ("device", "Firefox on Windows"), ("address", "203.0.113.9"), ("application", "platform-web"), ("date", "2026-11-25"), ("time", "20:13")),
        "support-access" => Texts(("name", "Lena Hoffmann"), ("state", "granted"), ("person", "Pat Support"), ("reason", "Ticket 4711: the import stops."), ("minutes", "120"), ("role", "viewer"), ("untilDate", "2026-11-25"), ("untilTime", "22:13")),
        _ => throw new InvalidOperationException($"There is no sample for {template}."),
    };

    private static Struct Texts(params (string Name, string Text)[] fields)
    {
        var model = new Struct();
        foreach (var (name, text) in fields)
            model.Fields[name] = Value.ForString(text);
        return model;
    }

    public static Struct Invoice(Action<Invoice>? change = null)
    {
        var invoice = new Invoice
        {
            Number = "INV-2026-000042",
            IssueDate = "2026-11-23",
            DueDate = "2026-12-07",
            Currency = "EUR",
            Seller = Seller,
            Buyer = Buyer,
            NetTotal = Euro("1500.84"),
            TaxTotal = Euro("285.16"),
            Total = Euro("1786.00"),
        };
        invoice.Lines.Add(Lines);
        invoice.TaxSubtotals.Add(Tax);
        change?.Invoke(invoice);
        return Model("invoice", invoice);
    }

    public static Struct CreditNote()
    {
        var note = new CreditNote
        {
            Number = "CN-2026-000007",
            InvoiceNumber = "INV-2026-000042",
            IssueDate = "2026-11-24",
            Currency = "EUR",
            Seller = Seller,
            Buyer = Buyer,
            Reason = "The invoice could not be delivered.",
            NetTotal = Euro("1500.84"),
            TaxTotal = Euro("285.16"),
            Total = Euro("1786.00"),
        };
        note.Lines.Add(Lines);
        note.TaxSubtotals.Add(Tax);
        return Model("creditNote", note);
    }

    private static Struct Model(string name, IMessage message) =>
        new() { Fields = { [name] = Value.ForStruct(JsonParser.Default.Parse<Struct>(JsonFormatter.Default.Format(message))) } };

    private static Party Seller => new()
    {
        Name = "Acme Robotics GmbH",
        TaxNumber = "DE123456789",
        Address = new Address { Lines = { "Chausseestraße 12" }, PostalCode = "10115", City = "Berlin", Country = "DE" },
    };

    private static Party Buyer => new()
    {
        Name = "Nordwind Logistik & Söhne",
        TaxNumber = "DE987654321",
        Address = new Address { Lines = { "Am Sandtorkai 5", "3. Etage" }, PostalCode = "20457", City = "Hamburg", Country = "DE" },
    };

    private static InvoiceLine[] Lines =>
    [
        new() { Position = 1, Description = "Route planning licence <yearly>", Quantity = "12", UnitPrice = Euro("100.07"), DiscountPercent = "0", TaxRate = "19", Net = Euro("1200.84") },
        new() { Position = 2, Description = "On-site introduction", Quantity = "1.5", UnitPrice = Euro("222.222222"), DiscountPercent = "10", TaxRate = "19", Net = Euro("300.00") },
    ];

    private static TaxSubtotal Tax => new() { Category = "S", Rate = "19", Taxable = Euro("1500.84"), Tax = Euro("285.16") };

    private static Money Euro(string amount) => new() { Currency = "EUR", Amount = amount };
}
