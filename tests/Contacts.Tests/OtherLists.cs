using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Google.Rpc;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Errors;
using Platform.Filtering;
using Platform.Finance.V1;
using Status = Grpc.Core.Status;

namespace Contacts.Tests;

/// <summary>Stands for the lists of deals, quotes and invoices, which are other processes: in them are as many records as a test says, whoever asks.</summary>
internal static partial class OtherLists
{
    private const int PageSize = 50;

    /// <summary>How many records of a list (deals, quotes, invoices) name a person or a company.</summary>
    public static ConcurrentDictionary<(string List, string Field, string Id), int> Naming { get; } = new();

    /// <summary>Whoever asks after one of these finds this, and how often that was.</summary>
    public static ConcurrentDictionary<string, (RpcException Refusal, int Asked)> Refused { get; } = new();

    /// <summary>The refusal that companies get whose plan lacks the module.</summary>
    public static RpcException NotEntitled { get; } = new Error(Code.PermissionDenied, "MODULE_NOT_ENTITLED", "Your company does not use this module.").ToRpcException();

    public static RpcException Away { get; } = new(new Status(StatusCode.Unavailable, "away"));

    /// <summary>The first page of what the filter finds: the field and the id that each record names.</summary>
    public static AsyncUnaryCall<TResponse> Answer<TResponse>(string list, string filter, Func<IEnumerable<(string Field, string Id)>, string, TResponse> toResponse)
    {
        var response = Ask(list, filter, toResponse);
        return new AsyncUnaryCall<TResponse>(response, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    private static Task<TResponse> Ask<TResponse>(string list, string filter, Func<IEnumerable<(string Field, string Id)>, string, TResponse> toResponse)
    {
        if (Range().Match(filter) is { Success: true } range)
            return Answered(list, [.. InRange(list, range.Groups["field"].Value, Guid.Parse(range.Groups["first"].Value), Guid.Parse(range.Groups["last"].Value))], toResponse);
        if (Several().Match(filter) is { Success: true } several)
            return Answered(list, [.. Id().Matches(several.Groups["ids"].Value).Select(id => (several.Groups["field"].Value, id.Groups["id"].Value))], toResponse);
        var terms = Term().Matches(filter).Select(match => (Field: match.Groups["field"].Value, Id: match.Groups["id"].Value)).ToList();
        if (filter.Length > FilterLimits.Length || terms.Count > FilterLimits.Terms || filter != string.Join(" OR ", terms.Select(term => $"{term.Field} = \"{term.Id}\"")))
            return Task.FromException<TResponse>(Error.Invalid("filter", "It is too long, or nothing that this list understands.").ToRpcException());
        return Answered(list, terms, toResponse);
    }

    private static IEnumerable<(string Field, string Id)> InRange(string list, string field, Guid first, Guid last) =>
        Naming.Keys.Where(key => key.List == list && key.Field == field).Select(key => key.Id).Concat(Refused.Keys).Distinct()
            .Where(id => Guid.Parse(id) >= first && Guid.Parse(id) <= last).Order(StringComparer.Ordinal).Select(id => (field, id));

    private static Task<TResponse> Answered<TResponse>(string list, List<(string Field, string Id)> terms, Func<IEnumerable<(string Field, string Id)>, string, TResponse> toResponse)
    {
        foreach (var (_, id) in terms)
        {
            if (Refused.TryGetValue(id, out var refused))
            {
                Refused[id] = refused with { Asked = refused.Asked + 1 };
                return Task.FromException<TResponse>(refused.Refusal);
            }
        }

        var records = terms.SelectMany(term => Enumerable.Repeat(term, Naming.GetValueOrDefault((list, term.Field, term.Id)))).ToList();
        return Task.FromResult(toResponse(records.Take(PageSize), records.Count > PageSize ? "next" : ""));
    }

    [GeneratedRegex("(?<field>[a-z_]+) = \"(?<id>[^\"]+)\"")]
    private static partial Regex Term();

    [GeneratedRegex("^(?<field>[a-z_]+) : \\((?<ids>[^)]+)\\)$")]
    private static partial Regex Several();

    [GeneratedRegex("\"(?<id>[^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("^(?<field>[a-z_]+) >= \"(?<first>[^\"]+)\" AND \\k<field> <= \"(?<last>[^\"]+)\"$")]
    private static partial Regex Range();
}

/// <summary>The list of quotes.</summary>
internal sealed class QuotesStandIn : QuotesService.QuotesServiceClient
{
    public override AsyncUnaryCall<ListQuotesResponse> ListQuotesAsync(ListQuotesRequest request, CallOptions options) => OtherLists.Answer(
        "quotes", request.Filter, (records, next) => new ListQuotesResponse
        {
            Quotes = { records.Select(record => record.Field == "person_id" ? new Quote { PersonId = record.Id } : new Quote { CompanyId = record.Id }) },
            NextPageToken = next,
        });
}

/// <summary>The list of invoices.</summary>
internal sealed class InvoicesStandIn : InvoicesService.InvoicesServiceClient
{
    public override AsyncUnaryCall<ListInvoicesResponse> ListInvoicesAsync(ListInvoicesRequest request, CallOptions options) => OtherLists.Answer(
        "invoices", request.Filter, (records, next) => new ListInvoicesResponse
        {
            Invoices = { records.Select(record => record.Field == "buyer_person_id" ? new Invoice { BuyerPersonId = record.Id } : new Invoice { BuyerCompanyId = record.Id }) },
            NextPageToken = next,
        });
}
