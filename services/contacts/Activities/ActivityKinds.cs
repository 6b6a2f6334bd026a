namespace Platform.Contacts.Activities;

/// <summary>What kinds of activities have in common.</summary>
internal static class ActivityKinds
{
    /// <summary>Whether it is something that somebody has to do, and that is done some day.</summary>
    public static bool IsWork(V1.ActivityKind kind) => kind is V1.ActivityKind.Task or V1.ActivityKind.Call or V1.ActivityKind.Meeting;

    /// <summary>Whether others take part in it, for a time.</summary>
    public static bool IsTalk(V1.ActivityKind kind) => kind is V1.ActivityKind.Call or V1.ActivityKind.Meeting;
}
