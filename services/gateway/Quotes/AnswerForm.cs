namespace Platform.Gateway.Quotes;

/// <summary>What the customer has typed, and the language of the quote, in which a refusal is said.</summary>
internal sealed record AnswerForm(string SignerName, bool Agreed, string ContentHash, string Reason, string Language)
{
    private const long MaxBody = 64 * 1024;

    /// <summary>Nothing yet.</summary>
    public static readonly AnswerForm Empty = new("", Agreed: false, "", "", "");

    public static async Task<AnswerForm> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxBody;
        if (!context.Request.HasFormContentType)
            return Empty;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return new AnswerForm(form["signerName"].ToString(), form["agreed"] == "true", form["contentHash"].ToString(), form["reason"].ToString(), QuoteWords.Of(form["language"].ToString()).Language);
    }
}
