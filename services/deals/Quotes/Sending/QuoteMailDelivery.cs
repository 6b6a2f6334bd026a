using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Data;
using Platform.Deals.Quotes.Documents;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Sending;

/// <summary>
/// Hands the message of a quote over, and notes it on the timeline of the deal: as the platform, because who may send quotes need not be one
/// who writes e-mails or timelines. Each link is mailed once to each address, however often that is tried.
/// </summary>
internal sealed partial class QuoteMailDelivery(IServiceScopeFactory scopes, IOptions<QuoteOptions> options, ILogger<QuoteMailDelivery> logger)
{
    private const string Source = "quote";
    private const string Template = "quote-sent";
    private const string Pdf = "application/pdf";

    private enum Fate
    {
        Taken,
        Waits,
        Refused,
    }

    /// <summary>Hands over what waits. What another service cannot take now waits for the next attempt.</summary>
    /// <param name="tenant">The company.</param>
    /// <param name="id">The quote.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>To whom it goes, now or with a later attempt; without the addresses that are refused.</returns>
    public async Task<IReadOnlyList<string>> HandOverAsync(Guid tenant, Guid id, CancellationToken cancellationToken)
    {
        if (options.Value.PublicUrl is not { } gateway || await FindAsync(tenant, id, cancellationToken) is not { } mail)
            return [];
        await using var scope = Open(tenant, mail.CausedBy);
        var db = scope.ServiceProvider.GetRequiredService<DealsDbContext>();
        var quote = await db.Quotes.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        // Names the link without telling it.
        var source = $"{id}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Link)))[..16]}";
        var emails = scope.ServiceProvider.GetRequiredService<EmailsService.EmailsServiceClient>();
        var fates = await Task.WhenAll(mail.To.Select((address, at) => TryAsync(emails.SendEmailAsync(MessageOf(quote, mail, address, $"{source}:{at}", gateway), cancellationToken: cancellationToken), cancellationToken)));
        List<string> going = [.. mail.To.Where((_, at) => fates[at] != Fate.Refused)];
        if (!fates.Contains(Fate.Waits) && (going.Count == 0 || await NoteAsync(quote, going, source, scope.ServiceProvider, cancellationToken) != Fate.Waits))
            await EndAsync(db, id, mail, cancellationToken);
        return going;
    }

    // Null where nothing waits any more. What is answered, expired or superseded is mailed to nobody.
    private async Task<WaitingMail?> FindAsync(Guid tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var scope = Open(tenant, causedBy: "");
        var db = scope.ServiceProvider.GetRequiredService<DealsDbContext>();
        var text = await db.QuoteLinks.Where(link => link.QuoteId == id).Select(link => link.WaitingMail).SingleOrDefaultAsync(cancellationToken);
        var mail = text is null ? null : WaitingMail.Read(text);
        if (mail is not null && await db.Quotes.AnyAsync(quote => quote.Id == id && quote.Status == V1.QuoteStatus.Sent, cancellationToken))
            return mail;
        await EndAsync(db, id, mail, cancellationToken);
        return null;
    }

    private AsyncServiceScope Open(Guid tenant, string causedBy)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "quote-mail", causedBy);
        return scope;
    }

    // Under the lock of the quote: a link that was renewed meanwhile has a message of its own, which stays.
    private static Task<bool> EndAsync(DealsDbContext db, Guid id, WaitingMail? mail, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        await db.LockQuoteAsync(id, cancellationToken);
        var link = await db.QuoteLinks.SingleOrDefaultAsync(row => row.QuoteId == id, cancellationToken);
        if (link?.WaitingMail != mail?.Write())
            return false;
        link?.Mailed();
        db.QuoteMails.RemoveRange(await db.QuoteMails.Where(row => row.QuoteId == id).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }, cancellationToken);

    private Task<Fate> NoteAsync(Quote quote, List<string> to, string source, IServiceProvider services, CancellationToken cancellationToken) =>
        TryAsync(services.GetRequiredService<ActivitiesService.ActivitiesServiceClient>().CreateActivityAsync(new CreateActivityRequest { Activity = EntryOf(quote, to, source) }, cancellationToken: cancellationToken), cancellationToken);

    private async Task<Fate> TryAsync<T>(AsyncUnaryCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            await call;
            return Fate.Taken;
        }
        catch (Exception failure) when (failure is RpcException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var status = (failure as RpcException)?.StatusCode ?? StatusCode.Unavailable;
            if (status == StatusCode.AlreadyExists)
                return Fate.Taken;
            LogFailed(logger, typeof(T).Name, status);
            // What it says is refused the next time too.
            return status == StatusCode.InvalidArgument ? Fate.Refused : Fate.Waits;
        }
    }

    private static SendEmailRequest MessageOf(Quote quote, WaitingMail mail, string address, string source, Uri gateway) => new()
    {
        To = address,
        ToName = address == quote.Buyer.Email ? quote.Buyer.Name : "",
        Template = Template,
        Language = quote.Language,
        Model = new Struct
        {
            Fields = { ["quote"] = Value.ForStruct(JsonParser.Default.Parse<Struct>(JsonFormatter.Default.Format(quote.ToMessage()))), ["message"] = Value.ForString(mail.Message.Trim()) },
        },
        Link = new Uri(gateway, mail.Link).AbsoluteUri,
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Of a quote that was sent, an {What} could not be handed over ({Status})")]
    private static partial void LogFailed(ILogger logger, string what, StatusCode status);
}
