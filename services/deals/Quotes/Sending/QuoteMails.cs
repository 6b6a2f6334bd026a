using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Data;
using Platform.Deals.Quotes.Documents;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Deals.Quotes.Sending;

/// <summary>
/// Mails a quote that was sent: as the platform, because who may send quotes need not be one who writes e-mails or timelines. After the
/// transaction, so that no lock waits for another service; each link is mailed once to each address.
/// </summary>
internal sealed class QuoteMails(IServiceScopeFactory scopes, IOptions<QuoteOptions> options, Caller caller)
{
    private const string Source = "quote";
    private const string Template = "quote-sent";
    private const string Pdf = "application/pdf";

    /// <summary>Why it cannot be mailed; before it is sent.</summary>
    public Error? Check(V1.QuoteEmail? email, Quote quote) => email switch
    {
        null => null,
        _ when options.Value.PublicUrl is null => QuoteErrors.MailOff,
        { To.Count: 0 } when !Rules.IsEmail(quote.Buyer.Email) => QuoteErrors.WithoutEmail,
        _ => null,
    };

    /// <summary>Hands the messages over, and notes them on the timeline of the deal.</summary>
    /// <param name="sent">The quote and its link.</param>
    /// <param name="email">To whom, and what it says.</param>
    /// <param name="db">The unit of work.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<Result<V1.SentQuote>> SendAsync(V1.SentQuote sent, V1.QuoteEmail email, DealsDbContext db, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(sent.Quote.Id);
        var quote = await db.Quotes.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        List<string> to = [.. email.To.Count > 0 ? email.To.Distinct(StringComparer.OrdinalIgnoreCase) : [quote.Buyer.Email]];
        // Names the link without telling it.
        var source = $"{id}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sent.Link)))[..16]}";
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(caller.RequiredTenantId, "quote-mail", caller.CausedBy);
        try
        {
            foreach (var (at, address) in to.Index())
                await scope.ServiceProvider.GetRequiredService<EmailsService.EmailsServiceClient>().SendEmailAsync(MessageOf(quote, sent.Link, email.Message, address, $"{source}:{at}"), cancellationToken: cancellationToken);
            await scope.ServiceProvider.GetRequiredService<ActivitiesService.ActivitiesServiceClient>().CreateActivityAsync(new CreateActivityRequest { Activity = EntryOf(quote, to, source) }, cancellationToken: cancellationToken);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return QuoteErrors.NotMailed;
        }

        sent.MailedTo.AddRange(to);
        return sent;
    }

    private SendEmailRequest MessageOf(Quote quote, string link, string message, string address, string source) => new()
    {
        To = address,
        ToName = address == quote.Buyer.Email ? quote.Buyer.Name : "",
        Template = Template,
        Language = quote.Language,
        Model = new Struct
        {
            Fields = { ["quote"] = Value.ForStruct(JsonParser.Default.Parse<Struct>(JsonFormatter.Default.Format(quote.ToMessage()))), ["message"] = Value.ForString(message.Trim()) },
        },
        Link = new Uri(options.Value.PublicUrl!, link).AbsoluteUri,
        Attachments = { new EmailAttachment { Name = $"{quote.Number}.pdf", ContentType = Pdf, Content = GetQuoteDocument.Of(quote).Data } },
        SourceType = Source,
        SourceId = source,
    };

    private static Activity EntryOf(Quote quote, List<string> to, string source) => new()
    {
        DealId = quote.DealId.ToString(),
        Kind = ActivityKind.Email,
        Subject = to.Count == 1 ? $"Quote {quote.Number} sent to {to[0]}" : $"Quote {quote.Number} sent to {to[0]} and {to.Count - 1} more",
        Body = string.Join('\n', to),
        OwnerId = quote.OwnerId.ToIdText(),
        SourceType = Source,
        SourceId = source,
    };
}

/// <summary>The rules of a message.</summary>
internal static class QuoteEmailRules
{
    private const int MaxAddresses = 10;
    private const int MaxMessage = 2_000;

    public static void Check<T>(AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, V1.QuoteEmail>> email) =>
        validator.RuleFor(email!).SetValidator(new Validator()!);

    private sealed class Validator : AbstractValidator<V1.QuoteEmail>
    {
        public Validator()
        {
            RuleForEach(email => email.To).Must(Rules.IsEmail).WithMessage("Use an e-mail address such as name@company.example.");
            RuleFor(email => email.To).Must(to => to.Count <= MaxAddresses).WithMessage(_ => Say($"Send it to at most {MaxAddresses} addresses."));
            RuleFor(email => email.Message).Text(MaxMessage);
        }
    }
}
