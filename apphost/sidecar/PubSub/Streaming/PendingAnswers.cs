namespace Platform.Sidecar.PubSub.Streaming;

/// <summary>Events that went out and have no answer yet. Two of one id are answered in the order in which they went out.</summary>
internal sealed class PendingAnswers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<TaskCompletionSource<DeliveryResult>>> _waiting = [];
    private bool _isClosed;

    /// <returns>Null when the stream is closed.</returns>
    public TaskCompletionSource<DeliveryResult>? Add(string id)
    {
        lock (_lock)
        {
            if (_isClosed)
                return null;
            if (!_waiting.TryGetValue(id, out var answers))
                _waiting[id] = answers = [];
            return answers.AddLast(new TaskCompletionSource<DeliveryResult>(TaskCreationOptions.RunContinuationsAsynchronously)).Value;
        }
    }

    /// <summary>An answer to what nobody waits for is ignored.</summary>
    public void Answer(string id, DeliveryResult result)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(id, out var answers))
                return;
            answers.First!.Value.TrySetResult(result);
            answers.RemoveFirst();
            if (answers.Count == 0)
                _waiting.Remove(id);
        }
    }

    /// <summary>The wait is over, with an answer or without.</summary>
    public void Remove(string id, TaskCompletionSource<DeliveryResult> answer)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(id, out var answers) && answers.Remove(answer) && answers.Count == 0)
                _waiting.Remove(id);
        }
    }

    public void Close(DeliveryResult result)
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var answer in _waiting.Values.SelectMany(answers => answers))
                answer.TrySetResult(result);
            _waiting.Clear();
        }
    }
}
