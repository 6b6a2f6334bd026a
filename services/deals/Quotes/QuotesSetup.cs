using FluentValidation;
using Platform.Access;
using Platform.Communications.V1;
using Platform.Deals.Quotes.Links;
using Platform.Deals.Quotes.Sending;
using Platform.Invocation;
using Platform.Publishing;

namespace Platform.Deals.Quotes;

internal static class QuotesSetup
{
    public static IServiceCollection AddQuotes(this IServiceCollection services, IConfiguration configuration) => services
        .AddPublicPages()
        .AddServiceClient(DaprNames.Communications, invoker => new EmailsService.EmailsServiceClient(invoker))
        .Configure<QuoteOptions>(configuration.GetSection("Quotes"))
        .AddScoped<QuoteMails>()
        .AddScoped<Buyers>()
        .AddScoped<Sellers>()
        .AddScoped<LinkOwners>()
        .AddSingleton<QuoteExpiryQueue>()
        .AddHostedService<QuoteExpirer>()
        .AddSingleton<QuoteMailDelivery>()
        .AddSingleton<QuoteMailQueue>()
        .AddHostedService<QuoteMailer>()
        .AddSingleton<IValidator<V1.CreateQuoteRequest>, CreateQuote.Validator>()
        .AddSingleton<IValidator<V1.SendQuoteRequest>, SendQuote.Validator>()
        .AddSingleton<IValidator<V1.RenewQuoteLinkRequest>, RenewQuoteLink.Validator>()
        .AddSingleton<IValidator<V1.UpdateQuoteRequest>, UpdateQuote.Validator>()
        .AddSingleton<IValidator<V1.ListQuotesRequest>, ListQuotes.Validator>()
        .AddSingleton<IValidator<V1.ExportQuotesRequest>, ExportQuotes.Validator>()
        .AddSingleton<IValidator<V1.ListDealQuotesRequest>, ListDealQuotes.Validator>()
        .AddSingleton<IValidator<V1.AcceptQuoteRequest>, AcceptQuote.Validator>()
        .AddSingleton<IValidator<V1.DeclineQuoteRequest>, DeclineQuote.Validator>()
        .AddSingleton<IValidator<V1.AcceptQuoteLinkRequest>, AcceptQuoteLink.Validator>()
        .AddSingleton<IValidator<V1.DeclineQuoteLinkRequest>, DeclineQuoteLink.Validator>();

    public static void MapQuotes(this WebApplication app)
    {
        app.MapGrpcService<QuotesService>();
        app.MapGrpcService<QuoteLinksService>();
    }
}
