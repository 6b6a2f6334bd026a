using Grpc.Core;
using Platform.Contacts.V1;

namespace Deals.Tests;

/// <summary>Stands for the contacts service, which is another process: knows one company and one person.</summary>
internal static class ContactsStandIn
{
    public static readonly string Company = Guid.CreateVersion7().ToString();
    public static readonly string Person = Guid.CreateVersion7().ToString();

    /// <summary>Whoever asks for this finds contacts away.</summary>
    public static readonly string Unreachable = Guid.CreateVersion7().ToString();

    /// <summary>Whoever asks for this may not read contacts.</summary>
    public static readonly string Forbidden = Guid.CreateVersion7().ToString();

    /// <summary>Whoever asks for this the second time finds contacts away, and neither before nor after that.</summary>
    public static readonly string Flickering = Guid.CreateVersion7().ToString();

    private static int _asked;

    public sealed class Companies : CompaniesService.CompaniesServiceClient
    {
        public override AsyncUnaryCall<Company> GetCompanyAsync(GetCompanyRequest request, CallOptions options) =>
            Answer(request.Id == Flickering && Interlocked.Increment(ref _asked) == 2 ? Unreachable : request.Id, request.Id == Flickering ? Flickering : Company, new Company { Id = request.Id, Name = "Known" });
    }

    public sealed class People : PeopleService.PeopleServiceClient
    {
        public override AsyncUnaryCall<Person> GetPersonAsync(GetPersonRequest request, CallOptions options) =>
            Answer(request.Id, Person, new Person { Id = request.Id, LastName = "Known" });
    }

    /// <summary>The known person was a lead from the fair.</summary>
    public sealed class Leads : LeadsService.LeadsServiceClient
    {
        public override AsyncUnaryCall<ListLeadsResponse> ListLeadsAsync(ListLeadsRequest request, CallOptions options) => Answer("", "", new ListLeadsResponse
        {
            Leads = { request.Filter == $"converted_person_id = \"{Person}\"" ? [new Lead { Source = "trade-fair" }] : Array.Empty<Lead>() },
        });
    }

    /// <summary>The conversions that are under way.</summary>
    public sealed class Conversions : ConversionsService.ConversionsServiceClient
    {
        public static System.Collections.Concurrent.ConcurrentDictionary<string, Conversion> Running { get; } = new();

        public override AsyncUnaryCall<Conversion> GetConversionAsync(GetConversionRequest request, CallOptions options) =>
            Answer(request.Id, Running.ContainsKey(request.Id) ? request.Id : "", Running.GetValueOrDefault(request.Id, new Conversion()));
    }

    /// <summary>What is on the timelines of deals.</summary>
    public sealed class Activities : ActivitiesService.ActivitiesServiceClient
    {
        public List<Activity> All { get; } = [];

        public List<ListActivitiesRequest> Asked { get; } = [];

        public bool IsAway { get; set; }

        /// <summary>What happens while it is asked.</summary>
        public Func<ListActivitiesRequest, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

        /// <summary>What was written on timelines.</summary>
        public System.Collections.Concurrent.ConcurrentQueue<Activity> Written { get; } = new();

        public override AsyncUnaryCall<Activity> CreateActivityAsync(CreateActivityRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
        {
            if (!IsAway)
                Written.Enqueue(request.Activity);
            return Answer(IsAway ? Unreachable : "", "", request.Activity);
        }

        public override AsyncUnaryCall<ListActivitiesResponse> ListActivitiesAsync(ListActivitiesRequest request, CallOptions options)
        {
            Asked.Add(request);
            var found = All.Where(activity => activity.DealId == request.DealId && request.Kinds.Contains(activity.Kind) && (request.Filter.Length == 0 || activity.Status == ActivityStatus.Done));
            var answer = Answer(IsAway ? Unreachable : "", "", new ListActivitiesResponse { Activities = { found.Take(request.PageSize) } });
            return new AsyncUnaryCall<ListActivitiesResponse>(LaterAsync(), answer.ResponseHeadersAsync, answer.GetStatus, answer.GetTrailers, answer.Dispose);

            async Task<ListActivitiesResponse> LaterAsync()
            {
                await Meanwhile(request);
                return await answer.ResponseAsync;
            }
        }
    }

    private static AsyncUnaryCall<T> Answer<T>(string id, string known, T message)
    {
        var status = id == known ? Status.DefaultSuccess
            : id == Unreachable ? new Status(StatusCode.Unavailable, "")
            : id == Forbidden ? new Status(StatusCode.PermissionDenied, "")
            : new Status(StatusCode.NotFound, "");
        var response = status.StatusCode == StatusCode.OK ? Task.FromResult(message) : Task.FromException<T>(new RpcException(status));
        return new AsyncUnaryCall<T>(response, Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }
}
