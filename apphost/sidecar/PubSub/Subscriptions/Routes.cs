using System.Text.Json;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>The paths of one subscription: the first rule that matches, else the default.</summary>
internal sealed record Routes(IReadOnlyList<Route> Rules, string? Default)
{
    /// <returns>Null when no rule matches and there is no default.</returns>
    /// <exception cref="MatchException">A rule asks for what the event does not have.</exception>
    public string? PathOf(JsonElement cloudEvent)
    {
        foreach (var rule in Rules)
        {
            if (rule.Match.Matches(cloudEvent))
                return rule.Path;
        }

        return Default;
    }
}

/// <param name="Expression">The condition as it was written, for the metadata API.</param>
internal sealed record Route(string Expression, EventMatch Match, string Path);
