using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Finance.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>What the template of the e-mail sees: <c>invoice</c> as in the API.</summary>
internal static class InvoiceModel
{
    public static Struct Of(Invoice invoice) => new()
    {
        Fields = { ["invoice"] = Value.ForStruct(JsonParser.Default.Parse<Struct>(JsonFormatter.Default.Format(invoice))) },
    };
}
