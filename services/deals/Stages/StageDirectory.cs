using Grpc.Core;
using Platform.Deals.Deals;
using Platform.Errors;
using Platform.Pipelines.V1;
using Platform.Tenancy;

namespace Platform.Deals.Stages;

/// <summary>
/// What pipelines and stages the caller's company has, as far as the caller sees them: asked of the pipelines service as the platform, because
/// it is kept in memory for everybody.
/// </summary>
internal sealed partial class StageDirectory(IServiceScopeFactory scopes, PipelineCache cache, ActivityCounts activities, Caller caller, ILogger<StageDirectory> logger)
{
    private Book? _told;
    private bool _isClosed;

    /// <summary>Nobody is asked any more in this scope: deals are locked from now on, and what was told before that holds.</summary>
    public void Close()
    {
        _isClosed = true;
        activities.Close();
    }

    /// <summary>All that the caller sees; an error where it cannot be asked for and never was known.</summary>
    public async Task<Result<Book>> GetAsync(CancellationToken cancellationToken) => Seen(await GetAllAsync(cancellationToken));

    /// <summary>The same, with this pipeline and this stage in it where there are such, however new they are.</summary>
    public async Task<Result<Book>> GetWithAsync(Guid? pipeline, Guid? stage, CancellationToken cancellationToken)
    {
        var book = await GetAllAsync(cancellationToken);
        if (_isClosed || book.IsError || ((pipeline is not { } id || book.Value.Pipeline(id) is not null) && (stage is not { } of || book.Value.Stage(of) is not null)))
            return Seen(book);
        cache.Forget(caller.RequiredTenantId);
        return await GetAsync(cancellationToken);
    }

    /// <summary>What holds for a deal that goes into a stage; other services may be asked, so call it before anything is locked.</summary>
    /// <param name="dealId">The deal.</param>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it is to go.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<Result<StageRules>> RulesAsync(Guid dealId, Guid? from, Place to, CancellationToken cancellationToken)
    {
        var book = await GetWithAsync(pipeline: null, from, cancellationToken);
        if (book.IsError)
            return book.Error;
        var done = await activities.CountAsync(dealId, book.Value.Passage(from, to).Activities, cancellationToken);
        return done.IsError ? done.Error : new StageRules(book.Value, done.Value);
    }

    /// <summary>The same of a deal that is won or lost.</summary>
    public async Task<Result<StageRules>> RulesAsync(DealPlace deal, StageKind end, CancellationToken cancellationToken)
    {
        var book = await GetWithAsync(deal.PipelineId, deal.StageId, cancellationToken);
        if (book.IsError)
            return book.Error;
        var to = book.Value.End(deal.PipelineId, end);
        return to.IsError ? to.Error : await RulesAsync(deal.Id, deal.StageId, to.Value, cancellationToken);
    }

    private Result<Book> Seen(Result<Book> book) => book.IsError ? book : book.Value.For(caller);

    private async Task<Result<Book>> GetAllAsync(CancellationToken cancellationToken)
    {
        if (_isClosed)
            return _told is { } told ? told : StageErrors.Unavailable;
        Result<Book> book = cache.Find(caller.RequiredTenantId) is { } known ? known : await AskAsync(cancellationToken);
        _told = book.Value;
        return book;
    }

    private async Task<Result<Book>> AskAsync(CancellationToken cancellationToken)
    {
        var tenant = caller.RequiredTenantId;
        var question = cache.Ask(tenant);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "pipelines", caller.CausedBy);
            var pipelines = scope.ServiceProvider.GetRequiredService<PipelinesService.PipelinesServiceClient>();
            return cache.Keep(tenant, question, new Book(await pipelines.GetPipelineBookAsync(new GetPipelineBookRequest(), cancellationToken: cancellationToken)));
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnavailable(logger, exception.StatusCode);
            return cache.FindLast(tenant) is { } last ? last : StageErrors.Unavailable;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pipelines service does not tell what pipelines a company has ({Status}); what was known last holds")]
    private static partial void LogUnavailable(ILogger logger, StatusCode status);
}
