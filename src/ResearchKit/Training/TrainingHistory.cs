namespace ResearchKit.Training;

/// <summary>What an epoch ended with.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="LearningRate">At its last step.</param>
/// <param name="TrainLoss">Mean loss over its batches, in training mode.</param>
/// <param name="TrainError">Error over its batches in per cent, in training mode; null where the network is no classifier.</param>
/// <param name="ValidationLoss">Mean cross-entropy on the validation split, or null without one.</param>
/// <param name="ValidationError">Error on the validation split in per cent, or null without one.</param>
public sealed record EpochResult(
    int Epoch, double LearningRate, double TrainLoss, double? TrainError, double? ValidationLoss, double? ValidationError);

/// <summary>Where a training stands: reported after each step.</summary>
/// <param name="What">What is being trained.</param>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Epochs">As planned.</param>
/// <param name="Step">Steps done of all.</param>
/// <param name="Steps">As planned.</param>
/// <param name="Loss">Mean loss of the epoch so far.</param>
/// <param name="Accuracy">Accuracy of the epoch so far in per cent, in training mode; null where the network is no classifier.</param>
/// <param name="ImagesPerSecond">Lately.</param>
/// <param name="TimeLeft">At this rate.</param>
/// <param name="Finished">The epoch that has just ended, or null within one.</param>
public sealed record TrainingProgress(
    string What,
    int Epoch,
    int Epochs,
    long Step,
    long Steps,
    double Loss,
    double? Accuracy,
    double ImagesPerSecond,
    TimeSpan TimeLeft,
    EpochResult? Finished);
