using System.Net.Http.Headers;
using System.Net.Http.Json;
using Platform.Invocation;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>Tells the journal of sign-ins, in the person's own name, from which browser a session was begun.</summary>
internal sealed partial class DeviceReports(HttpClient sidecar, ILogger<DeviceReports> logger)
{
    private const int AgentLength = 1000;
    private static readonly Uri Address = new($"/v1.0/invoke/{DaprNames.Tenants}/method/api/v1/tenants/me:describeDevice", UriKind.Relative);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>No sign-in fails for it: the journal then goes by what the identity server knows.</summary>
    public async Task SendAsync(string accessToken, string userAgent, string deviceKey, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            request.Content = JsonContent.Create(new { userAgent = userAgent[..Math.Min(userAgent.Length, AgentLength)], deviceKey });
            using var response = await sidecar.SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode)
                LogNotTold(logger, response.StatusCode.ToString());
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotTold(logger, exception.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal of sign-ins was not told of a browser ({Error})")]
    private static partial void LogNotTold(ILogger logger, string error);
}
